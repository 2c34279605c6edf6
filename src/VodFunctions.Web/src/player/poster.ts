/**
 * Shows a poster until the film has its first picture, which is the same one. On a slow network it would compete with the
 * first segment, so it is shown only where this tab has loaded it before, in the feed, or where the film does not load
 * by itself.
 */
export function showPoster(video: HTMLVideoElement, poster: string | null, eager: boolean): void {
  if (poster === null) return;
  const url = new URL(poster, document.baseURI).href;
  if (!eager || performance.getEntriesByName(url, 'resource').length > 0) video.poster = url;
}
