import type { Video } from '../api/types';

/** How far a video has come, as its owner sees it. */
export type Stage = 'waiting' | 'processing' | 'ready' | 'failed';

export function stageOf({ job }: Video): Stage {
  if (job === null) return 'waiting';
  return job.status === 'PENDING' ? 'processing' : job.status === 'COMPLETED' ? 'ready' : 'failed';
}

/**
 * Whether its post is there, can be submitted now, or no longer. An upload that is not complete is posted where it goes
 * on, and one that failed would have nothing to show.
 */
export function postStageOf(video: Video): 'posted' | 'open' | 'expired' | 'none' {
  if (video.post) return 'posted';
  const stage = stageOf(video);
  if (stage === 'waiting' || stage === 'failed') return 'none';
  // The server gives up a post that did not come in time.
  return video.notification?.status === 'FAILED' ? 'expired' : 'open';
}

/** Whether something is still going to happen to it without its owner. */
export function isUnsettled(video: Video): boolean {
  const stage = stageOf(video);
  return stage === 'waiting' || stage === 'processing';
}
