import { secondsAhead, type Playback } from './playback';

const AHEAD_S = 25;

/**
 * Tells the system what plays, for its media keys and its lock screen. The poster it gets late: a system that is told of
 * it loads it at once, and on a slow network the film needs all there is.
 */
export function connectMediaSession(
  video: HTMLVideoElement,
  playback: Playback,
  film: { title: string; artist: string; poster: string | null },
): () => void {
  const session = navigator.mediaSession as MediaSession | undefined;
  if (!session) return () => {};
  const { title, artist } = film;
  session.metadata = new MediaMetadata({ title, artist });
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => playback.play()],
    ['pause', () => playback.pause()],
    ['seekbackward', ({ seekOffset }) => playback.seekBy(-(seekOffset ?? 10))],
    ['seekforward', ({ seekOffset }) => playback.seekBy(seekOffset ?? 10)],
    [
      'seekto',
      ({ seekTime }) => {
        if (seekTime !== undefined) playback.seekTo(seekTime);
      },
    ],
  ];
  for (const [action, handler] of handlers) set(session, action, handler);
  const place = () => {
    if (video.duration > 0 && Number.isFinite(video.duration)) {
      session.setPositionState({
        duration: video.duration,
        position: video.currentTime,
        playbackRate: video.playbackRate,
      });
    }
  };
  const controller = new AbortController(),
    { signal } = controller;
  for (const type of ['durationchange', 'seeked', 'ratechange', 'playing'])
    video.addEventListener(type, place, { signal });
  let hasArtwork = false;
  video.addEventListener(
    'timeupdate',
    () => {
      if (hasArtwork || film.poster === null || secondsAhead(video) < AHEAD_S) return;
      hasArtwork = true;
      session.metadata = new MediaMetadata({ title, artist, artwork: [{ src: film.poster, type: 'image/jpeg' }] });
    },
    { signal },
  );

  return () => {
    controller.abort();
    session.metadata = null;
    for (const [action] of handlers) set(session, action, null);
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
