import type { Post, Video } from '../api/types';
import type { App } from '../app/app';
import { fill, h } from '../dom/element';
import type { Row } from '../dom/keyed';
import { timeAgo } from '../dom/time-ago';
import { poster } from '../poster/poster';
import { jobErrorSentence } from '../problems/sentences';
import { nameOf } from './name';
import { postForm } from './post-form';
import { processing } from './processing';
import { postStageOf, stageOf } from './stage-of';
import { text } from './texts';

/** What a row asks of the page. */
export interface RowActions {
  /** The post was submitted here. */
  posted(video: Video, post: Post): void;
  /** The video is not as it is shown. */
  stale(): void;
  delete(video: Video): void;
}

/** One of my videos. Each part is built anew only where it changes, so that what is being typed stays. */
export function videoRow(app: App, first: Video, actions: RowActions): Row<Video> {
  const t = text();
  let video = first;
  const picture = h('div', { class: 'mine-picture' });
  const badge = h('p', { class: 'mine-badge', 'data-testid': 'mine-state' });
  const state = h('div', { class: 'mine-state' });
  const post = h('div', { class: 'mine-post' });
  const name = nameOf(video);
  const progress = processing();
  const problem = h('p', {
    id: `mine-problem-${video.videoId}`, role: 'alert', class: 'mine-problem', 'data-testid': 'mine-post-error',
  });
  const parts: [element: HTMLElement, keyOf: () => string, draw: () => void][] = [
    [badge, () => stageOf(video), () => {
      badge.dataset['state'] = stageOf(video);
      badge.textContent = t.stage[stageOf(video)];
    }],
    [picture, () => String(video.playback !== null), () => fill(picture, pictureOf(app, video))],
    [state, () => `${stageOf(video)} ${video.job?.error?.code}`, () => fill(state, stateOf(video, progress.element))],
    [post, () => `${postStageOf(video)} ${video.post?.feedId}`, () => fill(post, postOf(app, () => video, problem, actions))],
  ];
  const drawn = parts.map(() => '');

  const element = h('li', { class: 'card mine-item', 'data-testid': 'mine-item', 'data-video-id': video.videoId },
    picture,
    h('div', { class: 'mine-words' },
      h('div', { class: 'mine-head' },
        h('h2', { class: 'mine-name', tabindex: '-1', dir: 'auto', 'data-testid': 'mine-name' }, name), badge),
      h('p', { class: 'hint' }, timeAgo(video.createdAt)),
      state, post, problem,
      h('div', { class: 'mine-actions' },
        h('button', { type: 'button', 'data-testid': 'mine-delete', onclick: () => actions.delete(video) },
          t.delete, h('span', { class: 'visually-hidden' }, ` ${name}`)))));

  function update(next: Video): void {
    video = next;
    if (video.job) progress.update(video.job);
    parts.forEach(([, keyOf, draw], i) => {
      if (drawn[i] === keyOf()) return;
      drawn[i] = keyOf();
      draw();
    });
  }
  update(video);
  return { element, update };
}

function pictureOf(app: App, video: Video): HTMLElement {
  const picture = poster(app.config, video.playback);
  if (!video.playback) return picture;
  return h('a', { href: `/videos/${video.videoId}`, 'data-testid': 'mine-watch' },
    h('span', { class: 'visually-hidden' }, `${text().watch}: ${nameOf(video)}`), picture);
}

function stateOf(video: Video, progress: HTMLElement): HTMLElement[] {
  const t = text();
  switch (stageOf(video)) {
    case 'waiting':
      return [h('p', {}, t.waitingHint, ' ', h('a', { href: '/post', 'data-testid': 'mine-go-on' }, t.goOn))];
    case 'processing':
      return [progress];
    case 'failed':
      return [h('p', { class: 'mine-problem', 'data-testid': 'mine-error' }, jobErrorSentence(video.job!.error!))];
    case 'ready':
      return [];
  }
}

function postOf(app: App, video: () => Video, problem: HTMLElement, actions: RowActions): HTMLElement[] {
  const t = text(), { post, videoId } = video();
  switch (postStageOf(video())) {
    case 'posted':
      return [
        h('p', { class: 'mine-text', dir: 'auto', tabindex: '-1', 'data-testid': 'mine-text' }, post!.text),
        h('p', { class: 'hint' }, t.posted, ' · ', timeAgo(post!.submittedAt)),
      ];
    case 'open':
      return [postForm(app, videoId, problem, submitted => actions.posted(video(), submitted), actions.stale)];
    case 'expired':
      return [h('p', { class: 'hint', 'data-testid': 'mine-expired' }, t.expired)];
    case 'none':
      return [];
  }
}
