import { backoffMs } from '../timing/backoff';
import { hasEnded, type JobState } from './job-state';

/**
 * When to ask the API for a job again, in milliseconds; infinite where only news or a return to the page may ask.
 *
 * @param sincePushMs How long ago the last push of this job came; infinite before the first.
 */
export function nextAskMs(state: JobState, sincePushMs: number, hidden: boolean, random: number): number {
  if (hidden || hasEnded(state)) return Infinity;
  if (state.failures > 0) return backoffMs({ firstMs: 2000, mostMs: 60_000 }, state.failures, random);
  // Where pushes come, the answers are needed for the steps only.
  const usual = sincePushMs < 8000 ? 10_000 : 2500;
  // The upload takes its time; the first push of the job asks at once.
  return state.phase === 'waiting' ? Math.max(usual, 4000) : usual;
}
