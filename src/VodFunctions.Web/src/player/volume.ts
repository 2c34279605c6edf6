const KEY = 'vod.volume';

/** How loud it is, 0 to 1, and whether it is silenced. */
export interface Volume { readonly level: number; readonly muted: boolean }

/** Reads what was stored; full where it is nothing. */
export function parseVolume(text: string | null): Volume {
  try {
    const { level, muted } = JSON.parse(text ?? 'null') as Volume;
    if (level >= 0 && level <= 1) return { level, muted: muted === true };
  } catch {
    // As if nothing were stored.
  }
  return { level: 1, muted: false };
}

/** A share more or less, in whole hundredths and within 0 to 1. */
export function changed(level: number, share: number): number {
  return Math.min(1, Math.max(0, Math.round((level + share) * 100) / 100));
}

/** Gives the element the volume of last time, and keeps what it becomes. */
export function keepVolume(video: HTMLVideoElement): void {
  const { level, muted } = parseVolume(localStorage.getItem(KEY));
  video.volume = level;
  video.muted = muted;
  video.addEventListener('volumechange', () => {
    localStorage.setItem(KEY, JSON.stringify({ level: video.volume, muted: video.muted } satisfies Volume));
  });
}
