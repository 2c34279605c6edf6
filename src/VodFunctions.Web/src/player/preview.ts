import { h } from '../dom/element';
import { formatClock } from '../i18n/format';
import { parseStoryboard, stillAt, type Still } from './storyboard';

/** The picture above the seek bar. Its sheet is loaded when it is first wanted: most viewers never do. */
export interface Preview {
  readonly element: HTMLElement;
  /** Shows the picture of a time over a place of the bar, 0 to 1. */
  show(seconds: number, share: number): void;
  hide(): void;
}

export function createPreview(storyboard: string | null): Preview {
  const picture = h('div', { class: 'preview-picture', 'data-testid': 'player-preview-picture' });
  const time = h('span', {});
  const element = h(
    'div',
    { class: 'player-preview', hidden: true, 'aria-hidden': 'true', 'data-testid': 'player-preview' },
    picture,
    time,
  );
  let stills: readonly Still[] | null = null;
  let last: [number, number] | null = null;

  async function load(): Promise<void> {
    stills = [];
    if (storyboard === null) return;
    try {
      const response = await fetch(storyboard, { signal: AbortSignal.timeout(20_000) });
      if (!response.ok) throw new Error(`The storyboard answered ${response.status}.`);
      stills = parseStoryboard(await response.text(), response.url);
      if (last) show(...last);
    } catch (error) {
      console.warn('storyboard', error);
      stills = null;
    }
  }

  function show(seconds: number, share: number): void {
    last = [seconds, share];
    if (stills === null) void load();
    draw(picture, stillAt(stills ?? [], seconds));
    time.textContent = formatClock(seconds);
    element.style.setProperty('--at', `${share * 100}%`);
    element.hidden = false;
  }

  return {
    element,
    show,
    hide() {
      last = null;
      element.hidden = true;
    },
  };
}

function draw(picture: HTMLElement, still: Still | null): void {
  picture.hidden = still === null;
  if (!still) return;
  picture.style.setProperty('width', `${still.width}px`);
  picture.style.setProperty('height', `${still.height}px`);
  picture.style.setProperty('background-image', `url(${JSON.stringify(still.image)})`);
  picture.style.setProperty('background-position', `-${still.x}px -${still.y}px`);
}
