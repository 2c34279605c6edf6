import type { App } from '../app/app';
import type { ProgressNotice, Video, VideoId } from '../api/types';
import { signal, type Signal } from '../dom/signal';
import { createPause } from '../timing/pause';
import { onWake } from '../timing/wakes';
import { eventOf, hasEnded, INITIAL, reduce, type JobEvent, type JobState } from './job-state';
import { nextAskMs } from './polling';

/** The state of one job, kept up by pushes and by asking the API, which is right where the two differ. */
export interface JobWatch {
  readonly state: Signal<JobState>;
  /** As last answered. */
  readonly video: Signal<Video | null>;
  dispose(): void;
}

export function watchJob({ api, notices }: Pick<App, 'api' | 'notices'>, videoId: VideoId): JobWatch {
  const state = signal(INITIAL),
    video = signal<Video | null>(null);
  const pause = createPause(),
    disposed = new AbortController();
  let pushedAt = -Infinity;

  const apply = (event: JobEvent) => {
    if (disposed.signal.aborted) return;
    if (event.kind === 'video') video.set(event.video);
    state.set(reduce(state.value, event));
  };

  async function keepAsking(): Promise<void> {
    while (!pause.ended) {
      apply(await ask());
      await pause.wait(nextAskMs(state.value, Date.now() - pushedAt, document.hidden, Math.random()));
    }
  }

  async function ask(): Promise<JobEvent> {
    try {
      return { kind: 'video', video: await api.video(videoId, { signal: disposed.signal }) };
    } catch (error) {
      return eventOf(error);
    }
  }

  function pushed(progress: ProgressNotice): void {
    pushedAt = Date.now();
    const { phase } = state.value;
    apply({ kind: 'progress', progress });
    // The API has more to tell than a push: that the job has begun, that a part of it is done.
    if (phase === 'waiting' || progress.percent >= 100) pause.wake();
  }

  // Who follows a job has a connection for it, so that an ended one is followed no longer.
  let unfollow: (() => void) | null = null;
  const stops = [
    state.watch(now => {
      if (!hasEnded(now)) unfollow ??= notices.onProgress(videoId, pushed);
      else {
        unfollow?.();
        unfollow = null;
      }
    }),
    () => unfollow?.(),
    notices.onNotice(notice => {
      if (notice.videoId === videoId && state.value.phase !== 'ready') pause.wake();
    }),
    onWake(() => {
      if (!hasEnded(state.value) || state.value.phase === 'failed') pause.wake();
    }),
  ];
  void keepAsking();

  return {
    state,
    video,
    dispose() {
      disposed.abort();
      pause.end();
      for (const stop of stops) stop();
    },
  };
}
