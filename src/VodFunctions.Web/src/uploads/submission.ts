import type { Api } from '../api/client';
import { isTransient } from '../api/errors';
import type { VideoId } from '../api/types';
import { signal, type Signal } from '../dom/signal';
import type { Notices } from '../notices/notices';
import { backOffMs, rest } from './back-off';
import type { UploadRecord } from './store';

export type Post = NonNullable<UploadRecord['post']>;

/** Where the post of an upload is. `waiting`: submit was pressed, and there is no video yet to send it for. */
export type SubmissionState =
  | { readonly kind: 'draft'; readonly error: unknown }
  | { readonly kind: 'waiting' | 'sending' | 'sent'; readonly text: string };

/** Sends the post once there is a video for it, however long that takes, and whether or not its page is still open. */
export interface Submission {
  readonly state: Signal<SubmissionState>;
  submit(text: string): void;
}

// A post must not wait for ever for pushes: what is missed is listed.
const PUSHES_LIMIT_MS = 4000;

export interface SubmissionParts {
  readonly api: Api;
  readonly notices: Notices;
  readonly videoId: Signal<VideoId | null>;
  readonly signal: AbortSignal;
  /** What was pressed before the page was loaded. */
  readonly post: Post | null;
  keep(post: Post | null): void;
}

export function createSubmission(parts: SubmissionParts): Submission {
  const { api, notices, videoId } = parts;
  let post = parts.post;
  let busy = false,
    again = false;
  const state = signal<SubmissionState>(post ? { kind: 'waiting', text: post.text } : { kind: 'draft', error: null });

  function set(next: Post | null): void {
    post = next;
    parts.keep(next);
  }

  async function work(): Promise<void> {
    for (let failures = 0; post !== null && !parts.signal.aborted;) {
      const { text, sentFor } = post,
        id = videoId.value;
      if (id !== null && sentFor === id) return state.set({ kind: 'sent', text });
      // The upload begins anew where its ticket was lost: then the post is sent again, for the new video.
      if (id === null) return state.set({ kind: 'waiting', text });
      state.set({ kind: 'sending', text });
      try {
        await notices.ready(PUSHES_LIMIT_MS);
        await api.submitPost({ text, videoId: id }, { signal: parts.signal });
        set({ text, sentFor: id });
      } catch (error) {
        if (parts.signal.aborted) return;
        if (isTransient(error)) {
          await rest(backOffMs(failures++), parts.signal).catch(() => {});
        } else if (videoId.value === id) {
          set(null);
          state.set({ kind: 'draft', error });
        }
      }
    }
  }

  async function go(): Promise<void> {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await work();
    }
    busy = false;
  }

  videoId.watch(() => void go());
  return {
    state,
    submit(text) {
      if (post !== null) return;
      set({ text, sentFor: null });
      void go();
    },
  };
}
