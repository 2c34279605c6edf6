import type { App } from '../app/app';
import type { Video, VideoId } from '../api/types';
import { fill, h } from '../dom/element';
import type { Signal } from '../dom/signal';
import { notifyButton } from '../notices/notify-button';
import { isForUploader } from '../notices/toast-texts';
import { jobErrorSentence } from '../problems/sentences';
import { hasEnded, type JobState } from './job-state';
import { createSteps } from './steps';
import { announcement, text } from './texts';
import { watchJob } from './watch-job';
import './job-progress.css';

/** The live state of one job, for its uploader. It speaks the language that the page spoke when it was made. */
export interface JobProgress {
  readonly element: HTMLElement;
  /** As the API last answered. */
  readonly video: Signal<Video | null>;
  dispose(): void;
}

/**
 * Shows a job from its upload to its end: in a link to the video, or in the sentence that says what went wrong.
 *
 * @param app Its API and its notices, whose pushes this follows.
 * @param videoId The video, also one whose upload is not complete.
 */
export function jobProgress(app: Pick<App, 'api' | 'notices'>, videoId: VideoId): JobProgress {
  const watch = watchJob(app, videoId);
  const steps = createSteps();
  const notify = notifyButton();
  const spoken = h('span', { class: 'visually-hidden', 'data-testid': 'job-status' });
  const ending = h('div', { class: 'job-ending' });
  const trouble = h('p', { class: 'hint', 'data-testid': 'job-trouble', hidden: true }, text().unanswered);
  // One polite region for all that changes by itself, there from the start.
  const element = h(
    'div',
    { class: 'job-progress', 'data-testid': 'job-progress', 'data-video': videoId },
    steps.element,
    h('div', { role: 'status' }, spoken, ending, trouble),
    notify.element,
  );

  let shown: string | null = null;
  const stop = watch.state.watch(state => {
    element.dataset['phase'] = state.phase;
    steps.show(state);
    const words = announcement(state);
    if (spoken.textContent !== words) spoken.textContent = words;
    trouble.hidden = state.failures < 2 || hasEnded(state);
    notify.element.hidden = hasEnded(state);
    // What a screen reader has read already is not written anew.
    const key = `${state.phase} ${state.error?.code ?? ''}`;
    if (key !== shown) fill(ending, endingOf(state, videoId));
    shown = key;
  });

  return {
    element,
    video: watch.video,
    dispose() {
      stop();
      watch.dispose();
      notify.dispose();
    },
  };
}

function endingOf(state: JobState, videoId: VideoId): HTMLElement | null {
  const t = text();
  switch (state.phase) {
    case 'ready':
      return h(
        'p',
        { class: 'job-ready' },
        t.ready,
        ' ',
        h('a', { href: `/videos/${videoId}`, 'data-testid': 'job-watch' }, t.watch),
      );
    case 'failed':
      return h(
        'p',
        { class: 'job-failed', 'data-testid': 'job-error' },
        state.error ? jobErrorSentence(state.error) : t.failed,
        isForUploader(state.error) ? [' ', h('a', { href: '/post', 'data-testid': 'job-upload-again' }, t.anew)] : null,
      );
    case 'gone':
      return h('p', { 'data-testid': 'job-gone' }, t.gone);
    default:
      return null;
  }
}
