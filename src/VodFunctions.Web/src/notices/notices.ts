import type { Api } from '../api/client';
import type { Notice, ProgressNotice, VideoId } from '../api/types';
import { signal, type Signal } from '../dom/signal';
import type { SignIn } from '../sign-in/sign-in';
import { permission, showBrowserNotice } from './browser-notices';
import { createInbox } from './inbox';
import { mayShow } from './inbox-rules';
import { startSession, type Session } from './session';
import { wordsOf } from './toast-texts';
import { createToasts } from './toasts';

/** What the site tells its user while the page is open: notices, shown once and acknowledged, and progress. */
export interface Notices {
  /** The region of toasts, for the end of the document's body. */
  readonly element: HTMLElement;
  /** Whether pushes arrive now. */
  readonly connected: Signal<boolean>;
  /**
   * Connects where that is not done yet, and resolves once pushes arrive; after `limitMs` in any case, because a post
   * must not wait for ever: what is missed is listed. Called before a post is sent.
   */
  ready(limitMs: number): Promise<void>;
  /** Calls for each progress of a video, until the answer is called. There is a connection for as long. */
  onProgress(videoId: VideoId, listener: (progress: ProgressNotice) => void): () => void;
  /** Calls for each notice that comes, whichever tab shows it, also where it comes again; until the answer is called. */
  onNotice(listener: (notice: Notice) => void): () => void;
}

/** @param go Goes to a path of the site. */
export function createNotices(api: Api, signIn: SignIn, go: (path: string) => void): Notices {
  const connected = signal(false),
    toasts = createToasts(),
    inbox = createInbox();
  const progressListeners = new Set<{ videoId: VideoId; listener: (progress: ProgressNotice) => void }>();
  const noticeListeners = new Set<(notice: Notice) => void>();
  let session: Session | null = null;

  const show = (notice: Notice) => {
    toasts.show(notice);
    if (!document.hidden) return;
    const { title, post, why, link } = wordsOf(notice);
    const body = [post, why].filter(line => line !== null).join('\n');
    showBrowserNotice({ id: notice.notificationId, title, body }, () => go(link.href));
  };

  let userId: string | null = null;
  signIn.user.watch(user => {
    if ((user?.id ?? null) === userId && session) return;
    userId = user?.id ?? null;
    session?.stop();
    session = null;
    connected.set(false);
    toasts.clear();
    if (!user) return;
    session = startSession(api, inbox, user.id, {
      arrived: notice => {
        for (const listener of [...noticeListeners]) listener(notice);
      },
      progressed: progress => {
        for (const entry of [...progressListeners]) if (entry.videoId === progress.videoId) entry.listener(progress);
      },
      mayShow: () => mayShow(document.hidden, permission.value),
      show,
      isFollowing: () => progressListeners.size > 0,
    });
    const mine = session;
    mine.connected.watch(now => {
      if (session === mine) connected.set(now);
    });
  });

  return {
    element: toasts.element,
    connected,
    async ready(limitMs) {
      if (!session) return;
      session.expect();
      await becomes(connected, true, limitMs);
    },
    onProgress(videoId, listener) {
      const entry = { videoId, listener };
      progressListeners.add(entry);
      session?.reconsider();
      return () => {
        progressListeners.delete(entry);
        session?.reconsider();
      };
    },
    onNotice(listener) {
      const entry = (notice: Notice) => listener(notice);
      noticeListeners.add(entry);
      return () => {
        noticeListeners.delete(entry);
      };
    },
  };
}

function becomes<T>(value: Signal<T>, wanted: T, limitMs: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, limitMs);
    const stop = value.watch(now => {
      if (now === wanted) queueMicrotask(done);
    });
    function done(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}
