/** Gives a lock back. */
export type Release = () => void;

const name = (key: string) => `vod.upload.${key}`;

/** Takes the lock of an upload, which one tab has at a time; null where another has it. */
export function tryLock(key: string): Promise<Release | null> {
  return take(key, { ifAvailable: true });
}

/** Waits until no other tab has the lock of an upload. Rejects where the signal is aborted. */
export async function waitForLock(key: string, signal: AbortSignal): Promise<Release> {
  return (await take(key, { signal }))!;
}

function take(key: string, options: LockOptions): Promise<Release | null> {
  // Browsers have locks where the page came over HTTPS, or from this machine; elsewhere tabs must do without.
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name(key), options, lock => {
        if (!lock) return resolve(null);
        return new Promise<void>(release => resolve(release));
      })
      .catch(reject);
  });
}
