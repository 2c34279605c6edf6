import type { App } from '../app/app';
import type { JobErrorCode, Video, VideoId } from '../api/types';
import { fill, h } from '../dom/element';
import type { Signal } from '../dom/signal';
import { notifyButton } from '../notices/notify-button';
import { jobErrorSentence } from '../problems/sentences';
import { createSteps } from './steps';
import type { JobState } from './job-state';
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

// Nothing that the uploader does makes these go away; the operators can have them tried again.
const FOR_OPERATORS: readonly JobErrorCode[] = ['ENCODE_FAILED', 'TIMED_OUT', 'INTERNAL'];

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
  const element = h('div', { class: 'job-progress', 'data-testid': 'job-progress', 'data-video': videoId },
    steps.element, h('div', { role: 'status' }, spoken, ending, trouble), notify.element);

  let shown: string | null = null;
  const stop = watch.state.watch(state => {
    element.dataset['phase'] = state.phase;
    steps.show(state);
    const words = announcement(state);
    if (spoken.textContent !== words) spoken.textContent = words;
    trouble.hidden = state.failures < 2 || hasEndingOf(state);
    notify.element.hidden = hasEndingOf(state);
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

function hasEndingOf({ phase }: JobState): boolean {
  return phase === 'ready' || phase === 'failed' || phase === 'gone';
}

function endingOf(state: JobState, videoId: VideoId): HTMLElement | null {
  const t = text();
  switch (state.phase) {
    case 'ready':
      return h('p', { class: 'job-ready' }, t.ready, ' ',
        h('a', { href: `/videos/${videoId}`, 'data-testid': 'job-watch' }, t.watch));
    case 'failed':
      return h('p', { class: 'job-failed', 'data-testid': 'job-error' },
        state.error ? jobErrorSentence(state.error) : t.failed,
        state.error && !FOR_OPERATORS.includes(state.error.code)
          ? [' ', h('a', { href: '/post', 'data-testid': 'job-upload-again' }, t.anew)]
          : null);
    case 'gone':
      return h('p', { 'data-testid': 'job-gone' }, t.gone);
    default:
      return null;
  }
}
