import type { Api } from '../api/client';
import type { VideoId } from '../api/types';
import { signal, type Signal } from '../dom/signal';
import type { Notices } from '../notices/notices';
import { attempt, type Line } from './attempts';
import { planBlocks } from './block-plan';
import { judge } from './faults';
import type { FileFacts } from './file-check';
import { digest, fingerprint } from './fingerprint';
import type { Release } from './lock';
import { createMeter, type Progress } from './meter';
import { isSameFile, OtherFile } from './same-file';
import { send } from './sender';
import { loadStorage } from './storage';
import type { UploadRecord, UploadStore } from './store';
import { createSubmission, type Submission } from './submission';
import { keepTicket, type Ticket } from './ticket';

/**
 * Where an upload is. `waiting`: for the network. `needs-file`: the page was loaded anew, and the browser gives a page a
 * file only when the user chooses it.
 */
export type Phase = 'checking' | 'sending' | 'waiting' | 'paused' | 'finishing' | 'complete' | 'failed' | 'needs-file';

/** `error` says why it failed, or why the file was not taken. */
export interface UploadState {
  readonly phase: Phase;
  readonly error: unknown;
}

/** One file on its way to the storage, and its post. */
export interface Upload {
  readonly key: string;
  readonly file: FileFacts;
  readonly state: Signal<UploadState>;
  readonly progress: Signal<Progress>;
  /** Null before there is a ticket. */
  readonly videoId: Signal<VideoId | null>;
  readonly submission: Submission;
  /** Ends what is under way; what was sent stays sent. */
  pause(): void;
  /** Goes on after a pause or a failure. */
  resume(): void;
  /** Goes on with the file that was chosen again. */
  goOn(file: File): Promise<void>;
  /** Leaves it as it is, for another visit or tab. */
  leave(): Promise<void>;
  /** Gives it up and removes what was sent. */
  discard(): Promise<void>;
}

export interface UploadParts {
  readonly api: Api;
  readonly notices: Notices;
  readonly store: UploadStore;
  readonly record: UploadRecord;
  /** Null where the page was loaded anew. */
  readonly file: File | null;
  readonly lock: Promise<Release | null>;
}

const ANEW_TRIES = 2;

export function createUpload({ api, notices, store, lock, ...parts }: UploadParts): Upload {
  let { record, file } = parts;
  let ticket: Ticket | null = null;
  let run: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  const over = new AbortController();
  const state = signal<UploadState>({ phase: record.complete ? 'complete' : 'needs-file', error: null });
  const videoId = signal(record.ticket?.videoId ?? null);
  const meter = createMeter(record.file.sizeBytes, record.complete);

  const to = (phase: Phase, error: unknown = null) => state.set({ phase, error });

  let writes = Promise.resolve();
  function keep(change: Partial<UploadRecord>): Promise<void> {
    record = { ...record, ...change };
    if (over.signal.aborted) return writes;
    const now = record;
    const done = now.complete && now.post !== null && now.post.sentFor === now.ticket?.videoId;
    writes = writes.then(() => (done ? store.remove(now.key) : store.put(now)));
    // Nothing is left to do: other tabs need not wait.
    if (done) void release();
    return writes;
  }

  async function release(): Promise<void> {
    (await lock.catch(() => null))?.();
  }

  const submission = createSubmission({
    api,
    notices,
    videoId,
    signal: over.signal,
    post: record.post,
    keep: post => void keep({ post }),
  });

  let before: Phase = 'sending';
  const line: Line = {
    up: () => {
      if (state.value.phase === 'waiting') to(before);
    },
    down: () => {
      const { phase } = state.value;
      if (phase !== 'checking' && phase !== 'sending' && phase !== 'finishing') return;
      before = phase;
      meter.stop();
      to('waiting');
    },
  };
  addEventListener('offline', line.down, { signal: over.signal });

  async function issue(): Promise<void> {
    const { name: fileName, contentType, sizeBytes } = record.file;
    const issued = await api.createUpload({ fileName, contentType, sizeBytes });
    ticket = keepTicket(api, issued.videoId, issued);
    await keep({ ticket: { videoId: issued.videoId, blockBytes: issued.blockBytes } });
    videoId.set(issued.videoId);
  }

  async function forgetTicket(): Promise<void> {
    ticket = null;
    await keep({ ticket: null });
    await store.clearDigests(record.key);
    videoId.set(null);
  }

  function ticketOf(): Ticket | null {
    return (ticket ??= record.ticket && keepTicket(api, record.ticket.videoId, null));
  }

  async function once(chosen: File, stop: AbortSignal): Promise<void> {
    to('checking');
    if (record.file.fingerprint === '')
      await keep({ file: { ...record.file, fingerprint: await fingerprint(chosen) } });
    stop.throwIfAborted();
    const fresh = record.ticket === null;
    if (fresh) await issue();
    stop.throwIfAborted();
    const good = ticketOf()!,
      { blockBytes } = record.ticket!;
    const storage = await attempt(good, line, stop, () => loadStorage());
    to('sending');
    await send({
      file: chosen,
      plan: planBlocks(record.file.sizeBytes, blockBytes),
      contentType: record.file.contentType,
      ticket: good,
      storage,
      line,
      signal: stop,
      fresh,
      lanes: () => meter.lanes(blockBytes),
      beforeBlock: async (index, bytes) => store.putDigest(record.key, index, await digest(bytes)),
      progress: meter.moved,
      finishing: () => to('finishing'),
    });
  }

  async function work(chosen: File, stop: AbortSignal): Promise<void> {
    for (let anew = 0; ; anew++) {
      try {
        await once(chosen, stop);
        return complete();
      } catch (error) {
        if (stop.aborted) return;
        const verdict = judge(error);
        if (verdict === 'complete') return complete();
        if (verdict !== 'restart' || anew >= ANEW_TRIES) return to('failed', error);
        await forgetTicket();
      }
    }
  }

  async function complete(): Promise<void> {
    await keep({ complete: true });
    await store.clearDigests(record.key);
    meter.finish();
    to('complete');
  }

  async function start(): Promise<void> {
    // What was stopped must have ended: two would send the same blocks.
    const last = run?.done;
    const stop = new AbortController();
    const chosen = file!;
    to('checking');
    meter.stop();
    const done = (async () => {
      await last;
      if (!stop.signal.aborted) await work(chosen, stop.signal);
    })();
    run = { stop, done };
    await done;
  }

  /** How far it came before the page was loaded anew. It may be stored whole, or its ticket may be gone. */
  async function lookUp(): Promise<void> {
    const waits = () => state.value.phase === 'needs-file' && !over.signal.aborted;
    try {
      const url = await ticketOf()?.url();
      // The storage is asked only where something was sent: what it does not know it calls an error.
      if (url === undefined || (await store.digests(record.key)).size === 0) return;
      const { committedBytes, staged } = await (await loadStorage()).stored(url, over.signal);
      if (!waits()) return;
      if (committedBytes === record.file.sizeBytes) await complete();
      else
        meter.moved(
          staged.reduce((sum, { size }) => sum + size, 0),
          0,
        );
    } catch (error) {
      if (!waits()) return;
      const verdict = judge(error);
      if (verdict === 'complete') await complete();
      if (verdict === 'restart') await forgetTicket();
    }
  }

  async function leave(): Promise<void> {
    over.abort();
    run?.stop.abort();
    await run?.done;
    await writes;
    await release();
  }

  if (file) void start();
  else if (!record.complete) void lookUp();

  return {
    key: record.key,
    file: record.file,
    state,
    videoId,
    submission,
    leave,
    progress: meter.progress,
    pause() {
      if (state.value.phase !== 'sending' && state.value.phase !== 'waiting') return;
      run?.stop.abort();
      meter.stop();
      to('paused');
    },
    resume() {
      if (file && (state.value.phase === 'paused' || state.value.phase === 'failed')) void start();
    },
    async goOn(chosen) {
      if (state.value.phase !== 'needs-file') return;
      to('checking');
      try {
        if (!(await isSameFile(chosen, record, await store.digests(record.key))))
          return to('needs-file', new OtherFile());
      } catch (error) {
        return to('needs-file', error);
      }
      file = chosen;
      await start();
    },
    async discard() {
      await leave();
      await store.remove(record.key);
      // What is not removed now is swept later.
      if (record.ticket) void api.deleteVideo(record.ticket.videoId).catch(() => {});
    },
  };
}
