import { expect, test } from 'vitest';
import { ApiError, NetworkError } from 'web/api/errors';
import type { Job, ProgressNotice, Video } from 'web/api/types';
import { eventOf, hasEnded, INITIAL, reduce, type JobEvent, type JobState } from 'web/progress/job-state';

const video = (job: Partial<Job> | null): JobEvent => ({
  kind: 'video',
  video: {
    videoId: 'v',
    owner: 'o',
    createdAt: '2026-01-01T00:00:00Z',
    notification: null,
    playback: null,
    job: job && { status: 'PENDING', step: 'probe', percent: 0, ...job },
  } satisfies Video,
});
const push = (part: string, percent: number): JobEvent => ({
  kind: 'progress',
  progress: { type: 'video.progress', videoId: 'v', step: 'transcode', part, percent } satisfies ProgressNotice,
});
const after = (...events: JobEvent[]): JobState => events.reduce(reduce, INITIAL);

const upload = video(null),
  probe = video({}),
  transcode = video({ step: 'transcode', percent: 5 });
const publish = video({ step: 'publish', percent: 95 });
const ready = video({ status: 'COMPLETED', step: 'done', percent: 100 });
const failed = video({ status: 'ERROR', percent: 40, error: { code: 'ENCODE_FAILED', message: 'x' } });

test.each([
  ['nothing', [], 'loading'],
  ['an upload under way', [upload], 'waiting'],
  ['a stored upload', [upload, probe], 'probe'],
  ['a checked file', [transcode], 'transcode'],
  ['a converted file', [publish], 'publish'],
  ['the end', [ready], 'ready'],
  ['a failure', [transcode, failed], 'failed'],
  ['a deletion', [transcode, { kind: 'gone' } as const], 'gone'],
])('%s', (_, events, phase) => {
  expect(after(...events).phase).toBe(phase);
});

test('one process tells of all its renditions, and the largest stands first, the sound last', () => {
  const state = after(transcode, push('a128k', 50), push('v240-500k+v720-4000k+v480-2000k+v720-2000k', 20));
  expect(state.parts.map(part => part.name)).toEqual(['v720-4000k', 'v720-2000k', 'v480-2000k', 'v240-500k', 'a128k']);
  expect(state.parts.map(part => part.percent)).toEqual([20, 20, 20, 20, 50]);
});

test('a push is ahead of the API, whose older answer takes nothing back', () => {
  const state = after(probe, push('v720-4000k', 30), probe, transcode);
  expect(state.phase).toBe('transcode');
  expect(state.parts).toEqual([{ name: 'v720-4000k', percent: 30 }]);
});

test('a part that is tried again does not go back', () => {
  expect(after(push('v720-4000k', 60), push('v720-4000k', 0), push('v720-4000k', 10)).parts[0]!.percent).toBe(60);
});

test('all parts are done when the playlists are made, also those whose end was not pushed', () => {
  const state = after(transcode, push('v720-4000k', 60), publish, push('v480-2000k', 10));
  expect(state.phase).toBe('publish');
  expect(state.parts.map(part => part.percent)).toEqual([100, 100]);
});

test('the percent of the whole does not go back', () => {
  expect(after(video({ step: 'transcode', percent: 60 }), transcode).percent).toBe(60);
});

test('a push that comes late changes nothing', () => {
  const end = after(transcode, ready);
  expect(reduce(end, push('v720-4000k', 10))).toBe(end);
  expect(after(failed, push('v720-4000k', 10)).phase).toBe('failed');
});

test('a failed job that is tried again begins at its beginning', () => {
  const again = after(video({ step: 'transcode', percent: 60 }), push('v720-4000k', 70), failed, probe);
  expect(again).toEqual({ ...INITIAL, phase: 'probe' });
});

test('so does one whose failure was not seen', () => {
  const again = after(video({ step: 'transcode', percent: 60 }), push('v720-4000k', 70), probe);
  expect(again).toEqual({ ...INITIAL, phase: 'probe' });
});

test('a failure keeps its error and nothing else keeps one', () => {
  expect(after(failed).error).toEqual({ code: 'ENCODE_FAILED', message: 'x' });
  expect(after(failed, ready).error).toBeNull();
});

test('what has ended asks no more', () => {
  expect([after(ready), after(failed), after({ kind: 'gone' })].every(hasEnded)).toBe(true);
  expect([INITIAL, after(upload), after(probe), after(transcode), after(publish)].some(hasEnded)).toBe(false);
});

test('asks that fail are counted until one does not', () => {
  const unanswered = { kind: 'unanswered' } as const;
  expect(after(transcode, unanswered, unanswered)).toMatchObject({ phase: 'transcode', failures: 2 });
  expect(after(unanswered, transcode).failures).toBe(0);
});

test('only 404 says that a video is gone', () => {
  expect(eventOf(new ApiError(404, 'NOT_FOUND', null)).kind).toBe('gone');
  for (const error of [
    new ApiError(401, 'UNAUTHENTICATED', null),
    new ApiError(503, 'SERVICE_UNAVAILABLE', 1),
    new NetworkError('x'),
  ]) {
    expect(eventOf(error).kind).toBe('unanswered');
  }
});
