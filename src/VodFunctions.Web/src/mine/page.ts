import type { Post, Video } from '../api/types';
import type { App, Page } from '../app/app';
import { h } from '../dom/element';
import { keyed } from '../dom/keyed';
import { keepTimes } from '../dom/time-ago';
import { createFoot } from '../paging/foot';
import { createPager } from '../paging/pager';
import { createVisits } from '../paging/visits';
import { deleteDialog } from './delete-dialog';
import './mine.css';
import { nameOf } from './name';
import { keepCurrent } from './refresh';
import { videoRow } from './row';
import { text } from './texts';

const visitHere = createVisits<Video>();

/** The videos of whoever is signed in, newest first, each with its state. */
export function minePage(app: App): Page {
  return app.signIn.user.value ? signedIn(app) : signedOut(app);
}

function signedOut(app: App): Page {
  const t = text();
  return {
    title: t.title,
    element: h(
      'section',
      { class: 'message', 'data-testid': 'mine-signed-out' },
      h('h1', { 'data-testid': 'mine-heading' }, t.title),
      h('p', {}, t.signedOut),
      h(
        'button',
        { type: 'button', class: 'primary', 'data-testid': 'mine-sign-in', onclick: () => void app.signIn.signIn() },
        t.signIn,
      ),
    ),
  };
}

function signedIn(app: App): Page {
  const t = text();
  const ended = new AbortController();
  const { pager, known, keepPlace } = visitHere(
    () => createPager(cursor => app.api.myVideos(cursor), idOf),
    app.signIn.user.value?.id,
  );
  const heading = h('h1', { tabindex: '-1', 'data-testid': 'mine-heading' }, t.title);
  const status = h('p', { role: 'status', class: 'visually-hidden', 'data-testid': 'mine-status' });
  const list = h('ul', { class: 'mine-list', role: 'list', 'aria-label': t.list, 'data-testid': 'mine-list' });
  const skeleton = h(
    'div',
    { class: 'mine-list', 'aria-hidden': 'true' },
    Array.from({ length: 3 }, () => h('div', { class: 'card mine-item mine-skeleton' }, h('div', { class: 'poster' }))),
  );
  const empty = h(
    'div',
    { class: 'message', 'data-testid': 'mine-empty' },
    h('h2', {}, t.empty),
    h('p', { class: 'hint' }, t.emptyHint),
    h('a', { class: 'button primary', href: '/post', 'data-testid': 'mine-empty-post' }, t.post),
  );
  const refresh = keepCurrent(app, pager, ended.signal);

  const rows = keyed<Video>(list, idOf, video => videoRow(app, video, { posted, changed, delete: remove }));
  const focusRow = (index: number) => {
    (list.children[index]?.querySelector<HTMLElement>('[data-testid=mine-name]') ?? heading).focus();
  };
  const foot = createFoot(pager, 'mine', focusRow);

  function changed(video: Video | null): void {
    if (video) pager.put(video);
    else refresh();
  }

  function posted(video: Video, post: Post): void {
    pager.put({ ...video, post });
    status.textContent = t.submitted;
    rows.row(idOf(video))?.element.querySelector<HTMLElement>('[data-testid=mine-text]')?.focus();
  }

  async function remove(video: Video): Promise<void> {
    const index = pager.listing.value.items.findIndex(item => idOf(item) === idOf(video));
    if (!(await deleteDialog(app, video, ended.signal))) return;
    pager.remove(idOf(video));
    status.textContent = t.deleted(nameOf(video));
    focusRow(Math.min(index, list.children.length - 1));
  }

  const unwatch = pager.listing.watch(({ items, cursor, phase }) => {
    rows.sync(items);
    list.hidden = items.length === 0;
    list.setAttribute('aria-busy', String(phase === 'loading'));
    skeleton.hidden = cursor !== undefined || phase === 'failed';
    empty.hidden = items.length > 0 || cursor !== null;
  });
  const element = h('section', { class: 'mine' }, heading, status, list, skeleton, empty, foot.element);
  const stopTimes = keepTimes(element);
  const stopPlace = keepPlace();
  if (known) refresh();
  else void pager.more();

  return {
    title: t.title,
    element,
    dispose() {
      ended.abort();
      stopPlace();
      stopTimes();
      foot.dispose();
      unwatch();
      rows.dispose();
    },
  };
}

function idOf(video: Video): string {
  return video.videoId;
}
