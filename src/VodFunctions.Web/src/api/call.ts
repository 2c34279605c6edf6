import { language } from '../i18n/language';
import type { SignIn } from '../sign-in/sign-in';
import { ApiError, isTransient, NetworkError } from './errors';
import type { ProblemCode } from './types';

/** One call of the API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** After the API's prefix, without a slash before it. */
  readonly path: string;
  readonly body?: unknown;
  /** Whether doing it twice does no harm; it is then tried again after a transient fault. */
  readonly repeatable: boolean;
  /** Whether it may be called without a token. */
  readonly anonymous?: boolean;
  readonly signal?: AbortSignal | undefined;
}

const LIMIT_MS = 20_000;
const WAITS_MS = [500, 2000, 5000];

/** Calls and gives what was answered, null for 204. Throws {@link ApiError} or {@link NetworkError}. */
export async function call<T>(base: string, signIn: SignIn, request: Call): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await once<T>(base, signIn, request);
    } catch (error) {
      const wait = WAITS_MS[attempt];
      if (wait === undefined || !request.repeatable || !isTransient(error) || request.signal?.aborted) throw error;
      const told = error instanceof ApiError ? error.retryAfterSeconds : null;
      await pause(told === null ? wait * (0.5 + Math.random()) : Math.min(told * 1000, 30_000), request.signal);
    }
  }
}

async function once<T>(base: string, signIn: SignIn, request: Call): Promise<T> {
  const token = await tokenOf(signIn);
  if (token === null && !request.anonymous) throw new ApiError(401, 'UNAUTHENTICATED', null);
  const headers: Record<string, string> = { 'accept-language': language.value };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (request.body !== undefined) headers['content-type'] = 'application/json';

  // A call that nobody answers must not keep the page waiting.
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    const response = await fetch(`${base}/${request.path}`, {
      method: request.method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: request.signal ? AbortSignal.any([limit, request.signal]) : limit,
    });
    if (!response.ok) throw await problem(response);
    return response.status === 204 ? (null as T) : ((await response.json()) as T);
  } catch (error) {
    if (error instanceof ApiError || request.signal?.aborted) throw error;
    throw new NetworkError('No answer.', { cause: error });
  }
}

async function tokenOf(signIn: SignIn): Promise<string | null> {
  try {
    return await signIn.token();
  } catch (error) {
    throw new NetworkError('No token.', { cause: error });
  }
}

async function problem(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get('retry-after') ?? NaN);
  let code: ProblemCode = response.status === 503 ? 'SERVICE_UNAVAILABLE' : 'INTERNAL';
  if (response.headers.get('content-type')?.includes('json')) {
    const body = (await response.json().catch(() => null)) as { code?: ProblemCode } | null;
    code = body?.code ?? code;
  }
  return new ApiError(response.status, code, Number.isFinite(after) ? after : null);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    }
    signal?.addEventListener('abort', done);
  });
}
