import type { Signal } from '../dom/signal';
import { hlsEngine } from './hls-engine';
import type { Level, Quality } from './levels';
import { nativeEngine } from './native-engine';
import type { Trouble } from './recovery';

/** What brings a playlist into a video element. */
export interface Engine {
  /** What can be chosen, by size and bitrate; empty while unknown, or where the browser chooses by itself. */
  readonly levels: Signal<readonly Level[]>;
  /** The level that is shown; null while none is, or it is not known. */
  readonly shown: Signal<Level | null>;
  /** What keeps it from loading. */
  readonly trouble: Signal<Trouble | null>;
  /** Whether the film may begin the moment that it can, or should have a few seconds first. */
  readonly buffersFirst: boolean;
  /** Holds the picture to a height, or lets the network decide. */
  choose(quality: Quality): void;
  /** The viewer wants to watch: from now on it loads as far ahead as is good. Before, only the beginning. */
  begin(): void;
  /** Tries again, now. */
  retry(): void;
  /** The measured bits per second; null where nothing was measured. */
  bandwidth(): number | null;
  dispose(): void;
}

/**
 * The engine for this browser: hls.js where there are Media Source Extensions, else the browser's own HLS (iPhones
 * before iOS 17.1); null where it has neither.
 *
 * @param eager Whether the beginning is loaded before the viewer asks for it.
 */
export function createEngine(video: HTMLVideoElement, master: string, eager: boolean): Engine | null {
  if (hasMediaSource()) return hlsEngine(video, master, eager);
  return video.canPlayType('application/vnd.apple.mpegurl') === '' ? null : nativeEngine(video, master);
}

function hasMediaSource(): boolean {
  const { ManagedMediaSource, MediaSource } = globalThis as unknown as Record<
    string,
    typeof globalThis.MediaSource | undefined
  >;
  return (MediaSource ?? ManagedMediaSource)?.isTypeSupported('video/mp4; codecs="avc1.64001f,mp4a.40.2"') ?? false;
}
