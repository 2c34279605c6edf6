import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from 'web/api/client';
import { ApiError } from 'web/api/errors';
import { TicketGone, UploadComplete } from 'web/uploads/faults';
import { keepTicket } from 'web/uploads/ticket';

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
const renewUpload = vi.fn<Api['renewUpload']>();
const api = { renewUpload } as unknown as Api;

beforeEach(() => {
  vi.useFakeTimers();
  let number = 0;
  renewUpload.mockReset().mockImplementation(async () => ({ uploadUrl: `new-${++number}`, expiresAt: minutes(5) }));
});

afterEach(() => {
  vi.useRealTimers();
});

test('a URL is used while it has time left, and renewed before it ends', async () => {
  const ticket = keepTicket(api, 'v', { uploadUrl: 'first', expiresAt: minutes(5) });
  expect(await ticket.url()).toBe('first');
  vi.advanceTimersByTime(2 * 60_000);
  expect(await ticket.url()).toBe('first');
  vi.advanceTimersByTime(2 * 60_000);
  expect(await ticket.url()).toBe('new-1');
});

test('those who need it at once share one renewal', async () => {
  const ticket = keepTicket(api, 'v', null);
  expect(await Promise.all([ticket.url(), ticket.url(), ticket.url()])).toEqual(['new-1', 'new-1', 'new-1']);
  expect(renewUpload).toHaveBeenCalledTimes(1);
});

test('a refusal of an old URL does not cost the new one', async () => {
  const ticket = keepTicket(api, 'v', { uploadUrl: 'first', expiresAt: minutes(5) });
  ticket.expire('first');
  expect(await ticket.url()).toBe('new-1');
  ticket.expire('first');
  expect(await ticket.url()).toBe('new-1');
});

test('where the clock is an hour ahead, the storage says when it is time', async () => {
  const ticket = keepTicket(api, 'v', { uploadUrl: 'first', expiresAt: minutes(-55) });
  expect(await ticket.url()).toBe('first');
  expect(renewUpload).not.toHaveBeenCalled();
});

test('what the API says of the upload is told apart', async () => {
  const ticket = keepTicket(api, 'v', null);
  renewUpload.mockRejectedValueOnce(new ApiError(409, 'UPLOAD_COMPLETE', null));
  await expect(ticket.url()).rejects.toBeInstanceOf(UploadComplete);
  renewUpload.mockRejectedValueOnce(new ApiError(404, 'NOT_FOUND', null));
  await expect(ticket.url()).rejects.toBeInstanceOf(TicketGone);
  renewUpload.mockRejectedValueOnce(new ApiError(403, 'FORBIDDEN', null));
  await expect(ticket.url()).rejects.toBeInstanceOf(ApiError);
  expect(await ticket.url()).toBe('new-1');
});
