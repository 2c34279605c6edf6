/** What a browser can tell of a video without sending it. */
export interface MediaFacts {
  /** 0 where it does not know. */
  readonly durationSeconds: number;
  readonly width: number;
  readonly height: number;
}

const LIMIT_MS = 3_000;

/** Reads a file's duration and size of the picture, or null where the browser cannot, or not soon. */
export function readMediaFacts(file: Blob): Promise<MediaFacts | null> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  return new Promise<MediaFacts | null>(resolve => {
    setTimeout(() => resolve(null), LIMIT_MS);
    video.preload = 'metadata';
    video.muted = true;
    video.onerror = () => resolve(null);
    video.onloadedmetadata = () =>
      resolve({
        // Infinite in a live recording, whose end is not written in it.
        durationSeconds: Number.isFinite(video.duration) ? video.duration : 0,
        width: video.videoWidth,
        height: video.videoHeight,
      });
    video.src = url;
  }).finally(() => {
    video.onerror = video.onloadedmetadata = null;
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  });
}
