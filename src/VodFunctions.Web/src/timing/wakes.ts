/**
 * Calls when the page has come back: it is looked at again, its network is there again, or it was thawed by the back
 * button. Also after the machine slept, which ends in one of these.
 */
export function onWake(listener: () => void): () => void {
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const seen = () => {
    if (document.visibilityState === 'visible') listener();
  };
  document.addEventListener('visibilitychange', seen, options);
  addEventListener('online', listener, options);
  addEventListener(
    'pageshow',
    event => {
      if (event.persisted) seen();
    },
    options,
  );
  return () => controller.abort();
}
