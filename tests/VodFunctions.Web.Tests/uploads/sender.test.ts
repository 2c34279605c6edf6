import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NetworkError } from 'web/api/errors';
import { blockId, blockSize, planBlocks } from 'web/uploads/block-plan';
import { StorageError, UploadComplete } from 'web/uploads/faults';
import { send, type Sending } from 'web/uploads/sender';
import type { Storage } from 'web/uploads/storage';

/** A storage that fails at random, before or after it has done what it was asked for. */
class Weather implements Storage {
  readonly blocks = new Map<string, Uint8Array>();
  readonly puts: string[] = [];
  blob: Uint8Array | null = null;
  commits = 0;
  flying = 0;
  mostFlying = 0;

  constructor(readonly faults: number) {}

  async stored() {
    await this.#maybe();
    return {
      committedBytes: this.blob?.length ?? null,
      staged: this.blob ? [] : [...this.blocks].map(([name, bytes]) => ({ name, size: bytes.length })),
    };
  }

  async stageBlock(_url: string, id: string, bytes: ArrayBuffer, signal: AbortSignal, sent: (bytes: number) => void) {
    this.mostFlying = Math.max(this.mostFlying, ++this.flying);
    try {
      await this.#maybe();
      signal.throwIfAborted();
      sent(bytes.byteLength);
      this.puts.push(id);
      this.blocks.set(id, new Uint8Array(bytes));
      await this.#maybe();
    } finally {
      this.flying--;
    }
  }

  async commit(_url: string, ids: readonly string[]) {
    await this.#maybe();
    // As the service does: there are no uncommitted blocks once the blob is made.
    if (ids.some(id => !this.blocks.has(id))) throw new StorageError(400, 'InvalidBlockList');
    const parts = ids.map(id => this.blocks.get(id)!);
    this.blob = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    this.blocks.clear();
    this.commits++;
    await this.#maybe();
  }

  async #maybe() {
    await new Promise(resolve => setTimeout(resolve, Math.random() * 20));
    if (Math.random() < this.faults)
      throw Math.random() < 0.7 ? new NetworkError('cut') : new StorageError(403, 'Expired');
  }
}

const content = Uint8Array.from({ length: 5321 }, () => Math.floor(Math.random() * 256));
const plan = planBlocks(content.length, 100);

function sending(storage: Storage, change: Partial<Sending> = {}): Sending {
  return {
    file: new Blob([content]),
    plan,
    fresh: false,
    contentType: 'video/mp4',
    storage,
    signal: new AbortController().signal,
    ticket: { videoId: 'v', url: async () => 'url', expire: () => {} },
    line: { up() {}, down() {} },
    lanes: () => 3,
    beforeBlock: async () => {},
    progress: () => {},
    finishing: () => {},
    ...change,
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function through<T>(promise: Promise<T>): Promise<T | Error> {
  let over = false;
  const settled = promise
    .catch((error: unknown) => error as Error)
    .finally(() => {
      over = true;
    });
  while (!over) await vi.advanceTimersByTimeAsync(1000);
  return settled;
}

test('in fair weather each block is sent once, three at a time, and the blob is the file', async () => {
  const storage = new Weather(0),
    told: number[] = [];
  expect(
    await through(send(sending(storage, { progress: (stored, flying) => told.push(stored + flying) }))),
  ).toBeUndefined();
  expect(storage.blob).toEqual(content);
  expect(storage.puts).toHaveLength(plan.count);
  expect(storage.mostFlying).toBe(3);
  expect(told.at(-1)).toBe(content.length);
  expect(Math.max(...told)).toBe(content.length);
});

test('a new ticket is not asked for what it has, until something has failed', async () => {
  const storage = new Weather(0),
    stored = vi.spyOn(storage, 'stored');
  await through(send(sending(storage, { fresh: true })));
  expect(stored).not.toHaveBeenCalled();
  expect(storage.blob).toEqual(content);
});

test('in any weather the blob is the file, and is made once', async () => {
  for (let run = 0; run < 20; run++) {
    const storage = new Weather(0.15);
    const outcome = await through(send(sending(storage, { fresh: run % 2 === 0 })));
    // Four refusals in a row are a failure; the user tries again.
    if (outcome instanceof StorageError) continue;
    expect(outcome).toBeUndefined();
    expect(storage.blob).toEqual(content);
    expect(storage.commits).toBe(1);
  }
});

test('only what is missing is sent', async () => {
  const storage = new Weather(0);
  for (let index = 0; index < plan.count; index += 2) {
    storage.blocks.set(blockId(index), content.slice(index * 100, index * 100 + blockSize(plan, index)));
  }
  await through(send(sending(storage)));
  expect(storage.puts).toHaveLength(Math.floor(plan.count / 2));
  expect(storage.blob).toEqual(content);
});

test('an upload whose commit was not heard of is found to be stored', async () => {
  const storage = new Weather(0);
  storage.blob = content;
  expect(await through(send(sending(storage)))).toBeUndefined();
  expect(storage.puts).toEqual([]);
});

test('a pause leaves nothing in the air', async () => {
  const storage = new Weather(0),
    stop = new AbortController();
  const paused = send(
    sending(storage, {
      signal: stop.signal,
      progress: stored => {
        if (stored > 1000) stop.abort(new Error('paused'));
      },
    }),
  );
  expect(await through(paused)).toEqual(new Error('paused'));
  expect(storage.flying).toBe(0);
  const before = storage.puts.length;
  await through(send(sending(storage)));
  expect(storage.puts.length - plan.count).toBeLessThanOrEqual(3);
  expect(before).toBeLessThan(plan.count);
  expect(storage.blob).toEqual(content);
});

test('a failure ends every lane, and is what is told', async () => {
  const storage = new Weather(0),
    broken = new StorageError(400, 'InvalidHeaderValue');
  vi.spyOn(storage, 'stageBlock').mockRejectedValue(broken);
  expect(await through(send(sending(storage)))).toBe(broken);
});

test('what the ticket knows of the upload is passed on', async () => {
  const complete = new UploadComplete();
  const ticket = {
    videoId: 'v',
    url: async () => {
      throw complete;
    },
    expire: () => {},
  };
  expect(await through(send(sending(new Weather(0), { ticket })))).toBe(complete);
});
