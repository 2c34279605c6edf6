import { attempt, type Line } from './attempts';
import { backOffMs, rest } from './back-off';
import { blockId, blockList, blockSize, missingBlocks, type BlockPlan } from './block-plan';
import { judge } from './faults';
import { readBlock } from './fingerprint';
import type { Storage, Stored } from './storage';
import type { Ticket } from './ticket';

const COMMIT_TRIES = 6;
const NOTHING: Stored = { committedBytes: null, staged: [] };

/** One upload that is to be sent. */
export interface Sending {
  readonly file: Blob;
  readonly plan: BlockPlan;
  readonly contentType: string;
  readonly ticket: Ticket;
  readonly storage: Storage;
  readonly line: Line;
  readonly signal: AbortSignal;
  /** Whether the ticket is new: the storage has nothing yet and need not be asked. */
  readonly fresh: boolean;
  /** How many blocks to send at once now. */
  lanes(): number;
  /** Called before a block is sent. */
  beforeBlock(index: number, bytes: ArrayBuffer): Promise<void>;
  /** Called as bytes go: those that the storage has, and those on their way. */
  progress(storedBytes: number, flyingBytes: number): void;
  /** Called when all blocks are there and the blob is being made. */
  finishing(): void;
}

/** Sends what the storage does not have and makes the blob. Resolves when the upload is stored whole. */
export async function send(sending: Sending): Promise<void> {
  const { plan, storage, ticket, line, signal } = sending;
  for (let tries = 1; ; tries++) {
    const stored =
      sending.fresh && tries === 1 ? NOTHING : await attempt(ticket, line, signal, url => storage.stored(url, signal));
    // A request whose answer was lost may have made the blob.
    if (stored.committedBytes === plan.sizeBytes) return;
    await sendBlocks(sending, missingBlocks(plan, stored.staged));
    sending.finishing();
    let url: string | null = null;
    try {
      // Once: whether a lost one has worked is looked at before the next.
      url = await ticket.url();
      await storage.commit(url, blockList(plan), sending.contentType, signal);
      return;
    } catch (error) {
      signal.throwIfAborted();
      const verdict = judge(error);
      if (verdict === 'expired' && url !== null) ticket.expire(url);
      if (verdict === 'complete' || verdict === 'restart' || (verdict !== 'offline' && tries >= COMMIT_TRIES))
        throw error;
      if (verdict === 'offline') line.down();
      await rest(backOffMs(tries), signal);
    }
  }
}

async function sendBlocks(sending: Sending, missing: number[]): Promise<void> {
  const { plan } = sending;
  const failed = new AbortController();
  const signal = AbortSignal.any([sending.signal, failed.signal]);
  const flying = new Map<number, number>();
  const lanes = new Set<Promise<void>>();
  let storedBytes = plan.sizeBytes - missing.reduce((sum, index) => sum + blockSize(plan, index), 0);
  const report = () =>
    sending.progress(
      storedBytes,
      [...flying.values()].reduce((sum, bytes) => sum + bytes, 0),
    );

  async function sendOne(index: number): Promise<void> {
    const bytes = await readBlock(sending.file, plan, index);
    await sending.beforeBlock(index, bytes);
    await attempt(sending.ticket, sending.line, signal, async url => {
      flying.set(index, 0);
      try {
        await sending.storage.stageBlock(url, blockId(index), bytes, signal, sent => {
          flying.set(index, Math.min(sent, bytes.byteLength));
          sending.line.up();
          report();
        });
        storedBytes += bytes.byteLength;
      } finally {
        flying.delete(index);
        report();
      }
    });
  }

  report();
  const queue = [...missing];
  try {
    while (queue.length > 0 || lanes.size > 0) {
      while (queue.length > 0 && lanes.size < sending.lanes()) {
        const lane: Promise<void> = sendOne(queue.shift()!).finally(() => lanes.delete(lane));
        lanes.add(lane);
      }
      await Promise.race(lanes);
    }
  } catch (error) {
    // The other lanes end too, and are waited for: nothing is sent once this has returned.
    failed.abort(error);
    await Promise.allSettled(lanes);
    throw error;
  }
}
