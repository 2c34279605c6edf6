import { ApiError } from '../api/errors';
import type { Job, JobError, ProgressNotice, Video } from '../api/types';

/** Where a job is. `waiting` is for its upload; `gone`: the video was deleted, or is not for these eyes. */
export type Phase = 'loading' | 'waiting' | 'probe' | 'transcode' | 'publish' | 'ready' | 'failed' | 'gone';

/** One rendition, or the sound. */
export interface Part {
  readonly name: string;
  /** 0 to 100. */
  readonly percent: number;
}

export interface JobState {
  readonly phase: Phase;
  /** Of the whole job, as the API has it: finished work by cost, 0 to 100. */
  readonly percent: number;
  /** What was heard of, largest picture first, the sound last. */
  readonly parts: readonly Part[];
  /** Only where it has failed. */
  readonly error: JobError | null;
  /** Asks of the API that have failed since the last that did not. */
  readonly failures: number;
}

export type JobEvent =
  | { readonly kind: 'video'; readonly video: Video }
  | { readonly kind: 'progress'; readonly progress: ProgressNotice }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unanswered' };

export const INITIAL: JobState = { phase: 'loading', percent: 0, parts: [], error: null, failures: 0 };

const ORDER: readonly Phase[] = ['loading', 'waiting', 'probe', 'transcode', 'publish', 'ready'];

/**
 * What is known after an event. What the API answers is the truth, pushes are ahead of it; within one attempt nothing goes
 * backwards, whichever of the two comes first. An attempt follows another only after that has failed.
 */
export function reduce(state: JobState, event: JobEvent): JobState {
  switch (event.kind) {
    case 'gone':
      return { ...INITIAL, phase: 'gone' };
    case 'unanswered':
      return { ...state, failures: state.failures + 1 };
    case 'video':
      return { ...answered(state, event.video.job), failures: 0 };
    case 'progress':
      return pushed(state, event.progress);
  }
}

/** What to make of an ask that failed. */
export function eventOf(error: unknown): JobEvent {
  return error instanceof ApiError && error.status === 404 ? { kind: 'gone' } : { kind: 'unanswered' };
}

/** Whether nothing more is to come of itself. */
export function hasEnded(state: JobState): boolean {
  return state.phase === 'ready' || state.phase === 'failed' || state.phase === 'gone';
}

function answered(state: JobState, job: Job | null): JobState {
  const before = beginsAnew(state, job) ? INITIAL : state;
  if (!job) return later(before, 'waiting') ? { ...before, phase: 'waiting' } : before;
  if (job.status === 'ERROR') return { ...before, phase: 'failed', error: job.error ?? null };
  if (job.status === 'COMPLETED') return complete({ ...before, phase: 'ready', percent: 100 });

  const step: Phase = job.step === 'done' ? 'publish' : job.step;
  const phase = later(before, step) ? step : before.phase;
  const next = { ...before, phase, percent: Math.max(before.percent, job.percent) };
  return phase === 'publish' ? complete(next) : next;
}

/** An operator has had a failed job tried again, from its start; that it had failed may not have been seen. */
function beginsAnew(state: JobState, job: Job | null): boolean {
  const isAtStart = job?.status === 'PENDING' && job.step === 'probe' && job.percent === 0;
  return state.phase === 'failed' || state.phase === 'gone' || (isAtStart && state.percent > 0);
}

function pushed(state: JobState, progress: ProgressNotice): JobState {
  // A late push of a job that has ended: the API tells whether it was begun anew.
  if (hasEnded(state)) return state;
  const phase = later(state, 'transcode') ? 'transcode' : state.phase;
  const percent = Math.min(100, Math.max(0, progress.percent));
  // One process that makes several renditions tells of all of them together.
  const names = progress.part.split('+').filter(name => name !== '');
  const parts = names.reduce((all, name) => withPart(all, name, percent), state.parts);
  const next = { ...state, phase, parts };
  return phase === 'transcode' ? next : complete(next);
}

function withPart(parts: readonly Part[], name: string, percent: number): readonly Part[] {
  const known = parts.find(part => part.name === name);
  if (known) return parts.map(part => (part === known ? { name, percent: Math.max(known.percent, percent) } : part));
  return [...parts, { name, percent }].sort((a, b) => weight(b.name) - weight(a.name));
}

/** All parts are done once the playlists are being made. */
function complete(state: JobState): JobState {
  return { ...state, parts: state.parts.map(part => ({ ...part, percent: 100 })) };
}

function later(state: JobState, phase: Phase): boolean {
  return ORDER.indexOf(phase) > ORDER.indexOf(state.phase);
}

function weight(name: string): number {
  const part = readPart(name);
  return part?.kind === 'picture' ? part.shortSide * 1e6 + part.kilobits : 0;
}

/** What a part's name says: `v720-4000k` is a picture whose short side has 720 pixels, `a128k` the sound. */
export function readPart(
  name: string,
): { kind: 'picture'; shortSide: number; kilobits: number } | { kind: 'sound' } | null {
  const picture = /^v(\d+)-(\d+)k$/.exec(name);
  if (picture) return { kind: 'picture', shortSide: Number(picture[1]), kilobits: Number(picture[2]) };
  return /^a\d+k$/.test(name) ? { kind: 'sound' } : null;
}
