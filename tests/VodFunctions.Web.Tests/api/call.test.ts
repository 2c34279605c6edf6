import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi } from 'web/api/client';
import { ApiError, NetworkError } from 'web/api/errors';
import { signal } from 'web/dom/signal';
import type { SignIn } from 'web/sign-in/sign-in';

const signIn = (token: string | null): SignIn => ({
  user: signal(null),
  token: async () => token,
  signIn: async () => {},
  signOut: async () => {},
});
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

let answers: (() => Response)[] = [];
let asked: Request[] = [];

beforeEach(() => {
  asked = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(new Request(new URL(url, 'http://site.example'), init));
    return answers.shift()!();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function settled<T>(promise: Promise<T>): Promise<T | Error> {
  const outcome = promise.catch((error: unknown) => error as Error);
  await vi.runAllTimersAsync();
  return outcome;
}

test('a call carries the token and the language', async () => {
  answers = [() => Response.json({ items: [], cursor: null })];
  await settled(createApi('/api', signIn('t')).feeds(null, 20));
  expect(asked[0]!.url).toBe('http://site.example/api/feeds?limit=20');
  expect(asked[0]!.headers.get('authorization')).toBe('Bearer t');
  expect(asked[0]!.headers.get('accept-language')).toBe('en');
});

test('what may be done twice is tried again after a transient fault', async () => {
  answers = [
    () => {
      throw new TypeError('cut');
    },
    () => problem(503, 'SERVICE_UNAVAILABLE', { 'retry-after': '1' }),
    () => new Response(null, { status: 204 }),
  ];
  expect(await settled(createApi('/api', signIn('t')).deleteVideo('1'))).toBeNull();
  expect(asked).toHaveLength(3);
});

test('a ticket is asked for once', async () => {
  answers = [
    () => {
      throw new TypeError('cut');
    },
  ];
  const outcome = await settled(
    createApi('/api', signIn('t')).createUpload({ fileName: 'a', contentType: 'video/mp4', sizeBytes: 1 }),
  );
  expect(outcome).toBeInstanceOf(NetworkError);
  expect(asked).toHaveLength(1);
});

test('a refusal is not repeated and keeps its code', async () => {
  answers = [() => problem(409, 'POST_EXISTS')];
  const outcome = await settled(createApi('/api', signIn('t')).submitPost({ text: 'x', videoId: '1' }));
  expect(outcome).toMatchObject({ status: 409, code: 'POST_EXISTS' });
  expect(asked).toHaveLength(1);
});

test('an answer that is no problem document is a fault', async () => {
  answers = [() => new Response('<h1>Bad gateway</h1>', { status: 400, headers: { 'content-type': 'text/html' } })];
  expect(await settled(createApi('/api', signIn('t')).video('1'))).toMatchObject({ status: 400, code: 'INTERNAL' });
});

test('without a token only what anyone may do is called', async () => {
  answers = [() => Response.json({ items: [], cursor: null })];
  await settled(createApi('/api', signIn(null)).feeds('c', 5));
  expect(asked[0]!.headers.has('authorization')).toBe(false);
  const outcome = await settled(createApi('/api', signIn(null)).myVideos(null));
  expect(outcome).toBeInstanceOf(ApiError);
  expect(asked).toHaveLength(1);
});
