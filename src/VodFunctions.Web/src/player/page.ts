import { ApiError } from '../api/errors';
import type { Playback, Video } from '../api/types';
import type { App, Page } from '../app/app';
import { siteName } from '../app/shell';
import { fill, h } from '../dom/element';
import { formatAgo } from '../i18n/format';
import { language } from '../i18n/language';
import { messages } from '../i18n/messages';
import { sentenceOf } from '../problems/sentences';
import { jobProgress } from '../progress/job-progress';
import { createPlayer } from './player';
import { shareButtons } from './share';
import { titleOf } from './title';
import './page.css';

const text = messages({
  en: {
    video: 'Video',
    loading: 'Loading …',
    notThere: 'There is no such video',
    notThereHint: 'It may have been deleted, or it is not published yet.',
    signInHint: 'If it is your own, sign in to see it.',
    toFeed: 'To the feed',
    failed: 'The video could not be loaded',
    again: 'Try again',
    notPosted: 'Only you can see this video until you post it.',
  },
  ko: {
    video: '동영상',
    loading: '불러오는 중…',
    notThere: '그런 동영상이 없습니다',
    notThereHint: '삭제되었거나 아직 게시되지 않았을 수 있습니다.',
    signInHint: '내 동영상이라면 로그인하면 볼 수 있습니다.',
    toFeed: '피드로',
    failed: '동영상을 불러오지 못했습니다',
    again: '다시 시도',
    notPosted: '게시하기 전에는 나만 볼 수 있는 동영상입니다.',
  },
});

/** One video: the film, or how far it has come, and what was written about it. */
export function playerPage(app: App, { videoId = '' }: Readonly<Record<string, string>>): Page {
  const t = text();
  const element = h(
    'article',
    { class: 'watch', 'data-testid': 'player-page' },
    h('p', { class: 'hint', role: 'status' }, t.loading),
  );
  const controller = new AbortController();
  let ends: (() => void)[] = [];

  async function load(): Promise<void> {
    try {
      show(await app.api.video(videoId, { signal: controller.signal }));
    } catch (error) {
      if (controller.signal.aborted) return;
      const notThere = error instanceof ApiError && (error.status === 404 || error.code === 'INVALID_REQUEST');
      fill(element, notThere ? notThereMessage(app) : failedMessage(error, () => void load()));
    }
  }

  function show(video: Video): void {
    end();
    const title = titleOf(video.post?.text, video.fileName ?? t.video);
    document.title = `${title} · ${siteName()}`;
    fill(
      element,
      h('h1', { class: 'visually-hidden', 'data-testid': 'player-heading' }, title),
      video.playback ? film(video.playback, { title, artist: video.owner }) : making(video),
      written(video, title),
    );
  }

  function film(playback: Playback, about: { title: string; artist: string }): HTMLElement {
    const player = createPlayer(playback, about);
    ends.push(player.dispose);
    return player.element;
  }

  /** How far its job has come, for its owner. The film takes its place when it is there. */
  function making(video: Video): HTMLElement {
    const progress = jobProgress(app, video.videoId);
    const stop = progress.video.watch(now => {
      if (now?.playback) show(now);
    });
    ends.push(stop, progress.dispose);
    return h(
      'div',
      { class: 'card', 'data-testid': 'player-not-ready' },
      h('p', { class: 'watch-file' }, video.fileName ?? ''),
      progress.element,
    );
  }

  function end(): void {
    for (const each of ends) each();
    ends = [];
  }

  void load();
  return {
    title: t.video,
    element,
    dispose() {
      controller.abort();
      end();
    },
  };
}

function written(video: Video, title: string): HTMLElement {
  const t = text(),
    at = new Date(video.post?.submittedAt ?? video.createdAt);
  return h(
    'div',
    { class: 'watch-post' },
    video.post && h('p', { class: 'watch-text', 'data-testid': 'player-text' }, video.post.text),
    video.playback &&
      !video.post &&
      video.notification &&
      h('p', { class: 'hint', 'data-testid': 'player-not-posted' }, t.notPosted),
    h(
      'div',
      { class: 'watch-about' },
      h(
        'p',
        { class: 'hint' },
        h('span', { 'data-testid': 'player-owner' }, video.owner),
        ' · ',
        h(
          'time',
          { datetime: at.toISOString(), title: at.toLocaleString(language.value), 'data-testid': 'player-date' },
          formatAgo(at),
        ),
      ),
      video.playback && video.post && shareButtons(title),
    ),
  );
}

function notThereMessage(app: App): HTMLElement {
  const t = text();
  return h(
    'section',
    { class: 'message', 'data-testid': 'player-not-there' },
    h('h1', {}, t.notThere),
    h('p', {}, t.notThereHint),
    app.signIn.user.value === null && h('p', { class: 'hint' }, t.signInHint),
    h('a', { href: '/', 'data-testid': 'player-not-there-feed' }, t.toFeed),
  );
}

function failedMessage(error: unknown, again: () => void): HTMLElement {
  const t = text();
  return h(
    'section',
    { class: 'message', role: 'alert', 'data-testid': 'player-failed' },
    h('h1', {}, t.failed),
    h('p', {}, sentenceOf(error)),
    h('button', { type: 'button', onclick: again, 'data-testid': 'player-again' }, t.again),
  );
}
