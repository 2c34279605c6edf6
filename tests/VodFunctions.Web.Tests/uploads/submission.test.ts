import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from 'web/api/client';
import { ApiError, NetworkError } from 'web/api/errors';
import { signal } from 'web/dom/signal';
import type { Notices } from 'web/notices/notices';
import { createSubmission, type Post } from 'web/uploads/submission';

const submitPost = vi.fn<Api['submitPost']>();
const ready = vi.fn<Notices['ready']>();
let kept: (Post | null)[] = [];

beforeEach(() => {
  kept = [];
  submitPost.mockReset().mockResolvedValue({ feedId: 'f' });
  ready.mockReset().mockResolvedValue();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function make(videoId: string | null, post: Post | null = null) {
  const id = signal(videoId);
  const submission = createSubmission({
    api: { submitPost } as unknown as Api,
    notices: { ready } as unknown as Notices,
    videoId: id,
    signal: new AbortController().signal,
    post,
    keep: next => kept.push(next),
  });
  return { id, submission };
}

test('a post waits for its video, and for pushes', async () => {
  const { id, submission } = make(null);
  submission.submit('text');
  await vi.runAllTimersAsync();
  expect(submission.state.value.kind).toBe('waiting');
  let connected!: () => void;
  ready.mockReturnValue(
    new Promise(resolve => {
      connected = resolve;
    }),
  );
  id.set('v');
  await vi.runAllTimersAsync();
  expect(submitPost).not.toHaveBeenCalled();
  connected();
  await vi.runAllTimersAsync();
  expect(submitPost.mock.calls[0]![0]).toEqual({ text: 'text', videoId: 'v' });
  expect(submission.state.value.kind).toBe('sent');
  expect(kept).toEqual([
    { text: 'text', sentFor: null },
    { text: 'text', sentFor: 'v' },
  ]);
});

test('a post that nobody answered is sent again', async () => {
  submitPost
    .mockRejectedValueOnce(new NetworkError('x'))
    .mockRejectedValueOnce(new ApiError(503, 'SERVICE_UNAVAILABLE', 1));
  const { submission } = make('v');
  submission.submit('text');
  await vi.runAllTimersAsync();
  expect(submitPost).toHaveBeenCalledTimes(3);
  expect(submission.state.value.kind).toBe('sent');
});

test('a refusal gives the draft back', async () => {
  const refusal = new ApiError(409, 'POST_EXPIRED', null);
  submitPost.mockRejectedValueOnce(refusal);
  const { submission } = make('v');
  submission.submit('text');
  await vi.runAllTimersAsync();
  expect(submission.state.value).toEqual({ kind: 'draft', error: refusal });
  submission.submit('another');
  await vi.runAllTimersAsync();
  expect(submission.state.value).toEqual({ kind: 'sent', text: 'another' });
});

test('pressed twice, it is sent once', async () => {
  const { submission } = make('v');
  submission.submit('text');
  submission.submit('text');
  await vi.runAllTimersAsync();
  expect(submitPost).toHaveBeenCalledTimes(1);
});

test('what was pressed before a reload is sent after it, once', async () => {
  const open = make('v', { text: 'text', sentFor: null });
  const done = make('w', { text: 'text', sentFor: 'w' });
  await vi.runAllTimersAsync();
  expect(submitPost.mock.calls.map(([post]) => post.videoId)).toEqual(['v']);
  expect([open.submission.state.value.kind, done.submission.state.value.kind]).toEqual(['sent', 'sent']);
});

test('a video in place of one whose ticket was lost gets the post', async () => {
  const { id, submission } = make('v');
  submission.submit('text');
  await vi.runAllTimersAsync();
  id.set(null);
  expect(submission.state.value.kind).toBe('waiting');
  id.set('w');
  await vi.runAllTimersAsync();
  expect(submitPost.mock.calls.map(([post]) => post.videoId)).toEqual(['v', 'w']);
});
