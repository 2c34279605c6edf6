import { expect, test } from 'vitest';
import type { Job, NotificationStatus, Post, Video } from 'web/api/types';
import { isUnsettled, postStageOf, stageOf } from 'web/mine/stage-of';

const post: Post = { feedId: 'f', text: 'x', submittedAt: '2026-03-02T09:00:00Z' };
const pending: Job = { status: 'PENDING', step: 'transcode', percent: 5 };
const completed: Job = { status: 'COMPLETED', step: 'done', percent: 100 };
const error: Job = { status: 'ERROR', step: 'done', percent: 0, error: { code: 'TOO_LONG', message: '' } };
const video = (job: Job | null, submitted: Post | null = null, notice: NotificationStatus = 'PENDING'): Video => ({
  videoId: 'v',
  owner: 'o',
  createdAt: '2026-03-02T09:00:00Z',
  post: submitted,
  job,
  playback: null,
  notification: job && { status: notice },
});

test.each([
  [null, 'waiting'],
  [pending, 'processing'],
  [completed, 'ready'],
  [error, 'failed'],
])('a job %j is %s', (job, stage) => {
  expect(stageOf(video(job))).toBe(stage);
  expect(isUnsettled(video(job))).toBe(job === null || job === pending);
});

test.each([
  ['while the upload is not whole', video(null), 'none'],
  ['while it is processed', video(pending), 'open'],
  ['when it is ready', video(completed), 'open'],
  ['when it failed', video(error), 'none'],
  ['when it was given up', video(completed, null, 'FAILED'), 'expired'],
  ['when it is there', video(completed, post, 'SENT'), 'posted'],
  ['when its notice was never acknowledged', video(completed, post, 'FAILED'), 'posted'],
  ['when it was submitted before the upload was whole', video(null, post), 'posted'],
])('the post %s', (_, of, stage) => {
  expect(postStageOf(of)).toBe(stage);
});
