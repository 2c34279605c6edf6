import { memory } from '../dom/memory';

const KEY = 'vod.volume';

/** How loud it is, 0 to 1, and whether it is silenced. */
export interface Volume {
  readonly level: number;
  readonly muted: boolean;
}

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

/** Whether nothing is to be heard. */
export function isSilent({ muted, volume }: Pick<HTMLMediaElement, 'muted' | 'volume'>): boolean {
  return muted || volume === 0;
}

/** Silences it, or lets it be heard again: half as loud as can be where it was turned down to nothing. */
export function toggleMute(video: Pick<HTMLMediaElement, 'muted' | 'volume'>): void {
  if (!isSilent(video)) {
    video.muted = true;
    return;
  }
  video.muted = false;
  if (video.volume === 0) video.volume = 0.5;
}

/** Gives the element the volume of last time, and keeps what it becomes. */
export function keepVolume(video: HTMLVideoElement): void {
  const { level, muted } = parseVolume(memory.read(KEY));
  video.volume = level;
  video.muted = muted;
  video.addEventListener('volumechange', () => {
    memory.write(KEY, JSON.stringify({ level: video.volume, muted: video.muted } satisfies Volume));
  });
}
