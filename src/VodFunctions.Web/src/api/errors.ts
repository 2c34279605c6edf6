import type { ProblemCode } from './types';

/** The API refused a call: a problem document (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  /**
   * @param status The HTTP status.
   * @param code Stable, for programs; `INTERNAL` where the answer was no problem document.
   * @param retryAfterSeconds What `Retry-After` said, or null.
   */
  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${status} ${code}`);
  }

  /** Whether the same call may succeed a little later. */
  get isTransient(): boolean {
    return this.status >= 500;
  }
}

/** Nobody answered: no network, no such host, or not in time. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** Whether the same call may succeed a little later. */
export function isTransient(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && error.isTransient);
}
