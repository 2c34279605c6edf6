import type { App } from '../app/app';
import { fill, h } from '../dom/element';
import type { Upload } from '../uploads/upload';
import { draftsOf } from './draft';
import { createScope } from './scope';
import { submitStep } from './submit-step';
import { textStep } from './text-step';
import { text } from './texts';
import { videoStep } from './video-step';

/** The three steps of a post: text, video, submit. `forbidden` is called where the user may not upload. */
export function createComposer(
  app: App,
  user: string,
  forbidden: () => void,
): { element: HTMLElement; dispose(): void } {
  const t = text(),
    { uploads } = app,
    drafts = draftsOf(user);
  const page = createScope();
  let visit = createScope();
  let shown: Upload | null | undefined;

  const write = textStep(value => drafts.write(shown?.key ?? null, value));
  const video = h('div', {}),
    submit = h('div', {});
  const element = h(
    'ol',
    { class: 'post-steps' },
    step(1, t.write, write.element),
    step(2, t.video, video),
    step(3, t.submit, submit),
  );

  function show(upload: Upload | null): void {
    visit.end();
    visit = createScope();
    moveDraft(upload);
    fill(video, videoStep(app, upload, visit, forbidden));
    fill(submit, submitStep(app, upload, write, visit, another));
    if (!upload) return write.lock(null);
    visit.watch(upload.submission.state, state => {
      write.lock(state.kind === 'draft' ? null : state.text);
      if (state.kind === 'sent') drafts.remove(upload.key);
    });
  }

  function moveDraft(upload: Upload | null): void {
    const left = shown,
      key = upload?.key ?? null,
      kept = drafts.read(key);
    shown = upload;
    if (left === undefined || kept !== null) {
      write.set(kept ?? '');
      return;
    }
    // The text goes along with the video that was chosen, or chosen instead.
    drafts.write(key, write.value());
    drafts.remove(left?.key ?? null);
  }

  function another(): void {
    if (shown) drafts.remove(shown.key);
    drafts.write(null, '');
    uploads.finish();
    write.focus();
  }

  uploads.open();
  page.watch(uploads.current, show);
  return {
    element,
    dispose() {
      visit.end();
      page.end();
      // A page in another language takes its place otherwise.
      if (app.router.path.value !== '/post') uploads.close();
    },
  };
}

function step(number: number, title: string, content: HTMLElement): HTMLElement {
  return h(
    'li',
    { class: 'card post-step' },
    h('h2', {}, h('span', { class: 'post-number', 'aria-hidden': 'true' }, number), title),
    content,
  );
}
