import type { Api } from '../api/client';
import type { Notice, ProgressNotice, VideoId } from '../api/types';
import { h } from '../dom/element';
import { signal, type Signal } from '../dom/signal';
import type { SignIn } from '../sign-in/sign-in';

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
  /** Calls for each progress of a video, until the answer is called. */
  onProgress(videoId: VideoId, listener: (progress: ProgressNotice) => void): () => void;
  /** Calls for each notice that is shown for the first time on this page, until the answer is called. */
  onNotice(listener: (notice: Notice) => void): () => void;
}

export function createNotices(_api: Api, _signIn: SignIn): Notices {
  return {
    element: h('div', { class: 'toasts' }),
    connected: signal(false),
    ready: async () => {},
    onProgress: () => () => {},
    onNotice: () => () => {},
  };
}
