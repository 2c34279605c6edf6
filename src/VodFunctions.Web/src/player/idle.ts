const AFTER_MS = 3000;

/**
 * Marks the player as idle while its film runs and nobody touches it, so that the bar gets out of the way.
 *
 * @param isBusy Whether something is open that must stay.
 */
export function watchIdle(player: HTMLElement, video: HTMLVideoElement, isBusy: () => boolean): () => void {
  const controller = new AbortController();
  let timer = 0;

  function wake(): void {
    player.removeAttribute('data-idle');
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (!video.paused && !isBusy() && !player.querySelector('.player-bar :focus-visible'))
        player.setAttribute('data-idle', '');
      else if (!video.paused) wake();
    }, AFTER_MS);
  }

  const options = { signal: controller.signal };
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'focusin']) player.addEventListener(type, wake, options);
  for (const type of ['play', 'pause', 'ended', 'waiting']) video.addEventListener(type, wake, options);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
