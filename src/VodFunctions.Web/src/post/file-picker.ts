import { h } from '../dom/element';
import { ACCEPT } from '../uploads/content-type';
import { SeveralFiles } from './upload-sentence';

/** Lets choose one file, with a dialog or by dropping it. */
export interface FilePicker {
  /** Goes on the page; not seen. */
  readonly input: HTMLInputElement;
  open(): void;
}

export function filePicker(label: string, chosen: (file: File) => void): FilePicker {
  const input = h('input', {
    type: 'file',
    accept: ACCEPT,
    hidden: true,
    'aria-label': label,
    'data-testid': 'post-file',
    onchange: () => {
      const file = input.files?.[0];
      // The same file can be chosen again.
      input.value = '';
      if (file) chosen(file);
    },
  });
  return { input, open: () => input.click() };
}

/**
 * Takes files that are dropped on the page. What is dropped beside is not opened by the browser.
 *
 * @param zone Marked while a file is over the page.
 * @returns Ends it.
 */
export function dropTarget(
  zone: HTMLElement,
  dropped: (file: File) => void,
  refused: (error: Error) => void,
): () => void {
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const ends = new AbortController();
  const on = <K extends 'dragover' | 'dragleave' | 'drop'>(name: K, listener: (event: DragEvent) => void) =>
    document.addEventListener(
      name,
      event => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        listener(event);
      },
      { signal: ends.signal },
    );

  on('dragover', event => {
    event.dataTransfer!.dropEffect = 'copy';
    zone.classList.add('post-dragged');
  });
  on('dragleave', event => {
    if (event.relatedTarget === null) zone.classList.remove('post-dragged');
  });
  on('drop', event => {
    zone.classList.remove('post-dragged');
    const { files } = event.dataTransfer!;
    if (files.length > 1) refused(new SeveralFiles());
    else if (files[0]) dropped(files[0]);
  });
  return () => ends.abort();
}
