import { expect, test } from 'vitest';
import { ApiError, NetworkError } from 'web/api/errors';
import { FileChanged, judge, StorageError, TicketGone, UploadComplete } from 'web/uploads/faults';

test.each([
  [new NetworkError('x'), 'offline'],
  [new StorageError(403, 'AuthenticationFailed'), 'expired'],
  [new StorageError(503, 'ServerBusy'), 'busy'],
  [new StorageError(500, ''), 'busy'],
  [new StorageError(429, ''), 'busy'],
  [new StorageError(408, ''), 'busy'],
  [new StorageError(400, 'InvalidBlockList'), 'fatal'],
  [new StorageError(413, ''), 'fatal'],
  [new ApiError(503, 'SERVICE_UNAVAILABLE', 1), 'busy'],
  [new ApiError(429, 'UPLOAD_QUOTA_EXCEEDED', 1), 'fatal'],
  [new ApiError(401, 'UNAUTHENTICATED', null), 'fatal'],
  [new TicketGone(), 'restart'],
  [new UploadComplete(), 'complete'],
  [new FileChanged(), 'fatal'],
  [new TypeError('a mistake of ours'), 'fatal'],
])('%s is %s', (error, verdict) => {
  expect(judge(error)).toBe(verdict);
});
