import type { Post, Video } from '../api/types';
import type { App } from '../app/app';
import { fill, h } from '../dom/element';
import type { Row } from '../dom/keyed';
import { timeAgo } from '../dom/time-ago';
import { poster } from '../poster/poster';
import { jobErrorSentence } from '../problems/sentences';
import { type JobProgress, jobProgress } from '../progress/job-progress';
import { nameOf } from './name';
import { postForm } from './post-form';
import { postStageOf, stageOf } from './stage-of';
import { text } from './texts';

/** What a row asks of the page. */
export interface RowActions {
  /** The post was submitted here. */
  posted(video: Video, post: Post): void;
  /** The video is no longer as it is shown: as it is now, or unknown. */
  changed(video: Video | null): void;
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
  let progress: JobProgress | null = null;
  const problem = h('p', {
    id: `mine-problem-${video.videoId}`,
    role: 'alert',
    class: 'mine-problem',
    'data-testid': 'mine-post-error',
  });
  // What a part depends on, and how it is drawn.
  const parts: [keyOf: () => string, draw: () => void][] = [
    [
      () => stageOf(video),
      () => {
        badge.dataset['state'] = stageOf(video);
        badge.textContent = t.stage[stageOf(video)];
      },
    ],
    [() => String(video.playback !== null), () => fill(picture, pictureOf(app, video))],
    [() => `${stageOf(video)} ${video.job?.error?.code}`, drawState],
    [
      () => `${postStageOf(video)} ${video.post?.feedId}`,
      () =>
        fill(
          post,
          postOf(app, () => video, problem, actions),
        ),
    ],
  ];
  const drawn = parts.map(() => '');

  const element = h(
    'li',
    { class: 'card mine-item', 'data-testid': 'mine-item', 'data-video-id': video.videoId },
    picture,
    h(
      'div',
      { class: 'mine-words' },
      h(
        'div',
        { class: 'mine-head' },
        h('h2', { class: 'mine-name', tabindex: '-1', dir: 'auto', 'data-testid': 'mine-name' }, name),
        badge,
      ),
      h('p', { class: 'hint' }, timeAgo(video.createdAt)),
      state,
      post,
      problem,
      h(
        'div',
        { class: 'mine-actions' },
        h(
          'button',
          { type: 'button', 'data-testid': 'mine-delete', onclick: () => actions.delete(video) },
          t.delete,
          h('span', { class: 'visually-hidden' }, ` ${name}`),
        ),
      ),
    ),
  );

  function update(next: Video): void {
    video = next;
    parts.forEach(([keyOf, draw], i) => {
      if (drawn[i] === keyOf()) return;
      drawn[i] = keyOf();
      draw();
    });
  }

  function drawState(): void {
    progress?.dispose();
    progress = stageOf(video) === 'processing' ? followed(video.videoId) : null;
    fill(state, progress ? progress.element : stateOf(video));
  }

  function followed(videoId: string): JobProgress {
    const following = jobProgress(app, videoId);
    following.video.watch(now => {
      if (now && stageOf(now) !== 'processing') actions.changed(now);
    });
    return following;
  }

  update(video);
  return { element, update, dispose: () => progress?.dispose() };
}

function pictureOf(app: App, video: Video): HTMLElement {
  const picture = poster(app.config, video.playback);
  if (!video.playback) return picture;
  return h(
    'a',
    { href: `/videos/${video.videoId}`, 'data-testid': 'mine-watch' },
    h('span', { class: 'visually-hidden' }, `${text().watch}: ${nameOf(video)}`),
    picture,
  );
}

function stateOf(video: Video): HTMLElement[] {
  const t = text();
  switch (stageOf(video)) {
    case 'waiting':
      return [h('p', {}, t.waitingHint, ' ', h('a', { href: '/post', 'data-testid': 'mine-go-on' }, t.goOn))];
    case 'failed':
      return [h('p', { class: 'mine-problem', 'data-testid': 'mine-job-error' }, jobErrorSentence(video.job!.error!))];
    default:
      return [];
  }
}

function postOf(app: App, video: () => Video, problem: HTMLElement, actions: RowActions): HTMLElement[] {
  const t = text(),
    { post, videoId } = video();
  switch (postStageOf(video())) {
    case 'posted':
      return [
        h('p', { class: 'mine-text', dir: 'auto', tabindex: '-1', 'data-testid': 'mine-text' }, post!.text),
        h('p', { class: 'hint' }, t.posted, ' · ', timeAgo(post!.submittedAt)),
      ];
    case 'open':
      return [
        postForm(
          app,
          videoId,
          problem,
          submitted => actions.posted(video(), submitted),
          () => actions.changed(null),
        ),
      ];
    case 'expired':
      return [h('p', { class: 'hint', 'data-testid': 'mine-expired' }, t.expired)];
    case 'none':
      return [];
  }
}
