import type { Playback } from './playback';

/** Tells the system what plays, for its media keys and its lock screen. */
export function connectMediaSession(video: HTMLVideoElement, playback: Playback, film: { title: string; artist: string; poster: string }):
  () => void {
  const session = navigator.mediaSession as MediaSession | undefined;
  if (!session) return () => {};
  session.metadata = new MediaMetadata({ title: film.title, artist: film.artist, artwork: [{ src: film.poster, type: 'image/jpeg' }] });
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => playback.play()],
    ['pause', () => playback.pause()],
    ['seekbackward', ({ seekOffset }) => playback.seekBy(-(seekOffset ?? 10))],
    ['seekforward', ({ seekOffset }) => playback.seekBy(seekOffset ?? 10)],
    ['seekto', ({ seekTime }) => { if (seekTime !== undefined) playback.seekTo(seekTime); }],
  ];
  for (const [action, handler] of handlers) set(session, action, handler);
  const place = () => {
    if (video.duration > 0 && Number.isFinite(video.duration)) {
      session.setPositionState({ duration: video.duration, position: video.currentTime, playbackRate: video.playbackRate });
    }
  };
  for (const type of ['durationchange', 'seeked', 'ratechange', 'playing']) video.addEventListener(type, place);

  return () => {
    session.metadata = null;
    for (const [action] of handlers) set(session, action, null);
    for (const type of ['durationchange', 'seeked', 'ratechange', 'playing']) video.removeEventListener(type, place);
  };
}

/** A browser throws for an action that it does not know. */
function set(session: MediaSession, action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    session.setActionHandler(action, handler);
  } catch {
    // It has no such key then.
  }
}
