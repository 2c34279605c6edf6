import type { Api } from '../api/client';
import { signal, type Signal } from '../dom/signal';
import type { Notices } from '../notices/notices';
import type { SignIn } from '../sign-in/sign-in';
import { checkFile, type FileFacts } from './file-check';
import { tryLock, waitForLock, type Release } from './lock';
import { openUploadStore, type UploadRecord } from './store';
import { createUpload, type Upload } from './upload';

/** The uploads of this tab. They go on while pages come and go. */
export interface Uploads {
  /** The one that this tab drives. */
  readonly current: Signal<Upload | null>;
  /** The file of one that another tab has. */
  readonly elsewhere: Signal<FileFacts | null>;
  /** Takes up what an earlier page left, and watches what another tab has. For the page that shows uploads. */
  open(): void;
  /** That page was left: what goes on goes on, what waits for its user is there for any tab. */
  close(): void;
  /** Checks a file and begins to send it, in place of the current one. Throws `FileRefused`, before anything is sent. */
  start(file: File): Upload;
  /** Gives the current one up and removes what was sent. */
  discard(): Promise<void>;
  /** Puts the current one aside: its file is stored and its post is sent. */
  finish(): void;
}

// The storage drops blocks that no blob was made of within a week.
const KEPT_MS = 7 * 24 * 3600 * 1000;

export function createUploads(api: Api, signIn: SignIn, notices: Notices): Uploads {
  const store = openUploadStore();
  const current = signal<Upload | null>(null);
  const elsewhere = signal<FileFacts | null>(null);
  let visit = new AbortController();
  let user: string | null = null;

  const adopt = (record: UploadRecord, file: File | null, lock: Promise<Release | null>) => {
    const upload = createUpload({ api, notices, store, record, file, lock });
    current.set(upload);
    return upload;
  };

  /** Takes up what an earlier page left, unless another tab has it. */
  async function restore(owner: string, signal: AbortSignal): Promise<void> {
    for (const record of await store.list(owner)) {
      if (Date.now() - record.createdAt > KEPT_MS) await store.remove(record.key);
      else if (!signal.aborted && current.value === null) await takeUp(record, await tryLock(record.key), signal);
    }
  }

  async function takeUp(seen: UploadRecord, lock: Release | null, signal: AbortSignal): Promise<void> {
    if (lock === null) return watch(seen, signal);
    // The tab that had it may have ended it.
    const record = await store.find(seen.key);
    if (record && !signal.aborted && current.value === null) adopt(record, null, Promise.resolve(lock));
    else lock();
  }

  function watch(record: UploadRecord, signal: AbortSignal): void {
    elsewhere.set(record.file);
    waitForLock(record.key, signal)
      .then(lock => {
        elsewhere.set(null);
        return takeUp(record, lock, signal);
      })
      .catch(() => {});
  }

  function unwatch(): void {
    visit.abort();
    elsewhere.set(null);
  }

  function putAside(): void {
    void current.value?.leave();
    current.set(null);
  }

  signIn.user.watch(next => {
    if ((next?.id ?? null) === user) return;
    user = next?.id ?? null;
    unwatch();
    putAside();
  });

  // Only while bytes are on their way: what waits goes on later.
  addEventListener('beforeunload', event => {
    const phase = current.value?.state.value.phase;
    if (phase === 'checking' || phase === 'sending' || phase === 'finishing') event.preventDefault();
  });

  return {
    current,
    elsewhere,
    open() {
      unwatch();
      visit = new AbortController();
      if (user !== null && current.value === null) void restore(user, visit.signal);
    },
    close() {
      unwatch();
      const upload = current.value,
        phase = upload?.state.value.phase;
      const done = phase === 'complete' && upload!.submission.state.value.kind === 'sent';
      if (done || phase === 'needs-file') putAside();
    },
    start(file) {
      if (user === null) throw new Error('Nobody is signed in.');
      const facts = checkFile(file),
        key = newKey();
      void current.value?.discard();
      return adopt(
        {
          key,
          user,
          createdAt: Date.now(),
          file: { ...facts, fingerprint: '' },
          ticket: null,
          complete: false,
          post: null,
        },
        file,
        tryLock(key),
      );
    },
    async discard() {
      const upload = current.value;
      current.set(null);
      await upload?.discard();
    },
    finish: putAside,
  };
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
