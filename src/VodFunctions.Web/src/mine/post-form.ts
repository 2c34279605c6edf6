import { ApiError } from '../api/errors';
import type { Post, VideoId } from '../api/types';
import type { App } from '../app/app';
import { h } from '../dom/element';
import { sentenceOf } from '../problems/sentences';
import { text } from './texts';

/** How long a post waits for the connection that its notice comes by; what is missed is listed. */
const NOTICES_LIMIT_MS = 5000;

// What was typed and not submitted outlives a change of language and a visit to another page.
const drafts = new Map<VideoId, string>();

/**
 * Submits the post of a video that has none yet.
 *
 * @param error Where it says what went wrong: outside, because the form goes where the API says that the post is there.
 * @param posted Called with the post.
 * @param stale Called where the API says that the video is no longer as it is shown.
 */
export function postForm(
  app: App,
  videoId: VideoId,
  error: HTMLElement,
  posted: (post: Post) => void,
  stale: () => void,
): HTMLElement {
  const t = text();
  const id = `mine-words-${videoId}`;
  const words = h('textarea', {
    id,
    rows: 2,
    maxlength: 5000,
    dir: 'auto',
    'aria-describedby': error.id,
    'data-testid': 'mine-post-text',
    oninput: () => {
      drafts.set(videoId, words.value);
      words.ariaInvalid = null;
    },
  });
  words.value = drafts.get(videoId) ?? '';
  const submit = h('button', { type: 'submit', class: 'primary', 'data-testid': 'mine-post-submit' }, t.submit);

  async function send(): Promise<void> {
    const written = words.value.trim();
    error.textContent = '';
    if (written === '') {
      error.textContent = t.needsWords;
      words.ariaInvalid = 'true';
      words.focus();
      return;
    }
    if (submit.ariaDisabled) return;
    submit.ariaDisabled = 'true';
    submit.textContent = t.submitting;
    try {
      // Pushes must arrive before the post does, so that its notice is not missed.
      await app.notices.ready(NOTICES_LIMIT_MS);
      const { feedId } = await app.api.submitPost({ text: written, videoId });
      drafts.delete(videoId);
      posted({ feedId, text: written, submittedAt: new Date().toISOString() });
    } catch (problem) {
      error.textContent = sentenceOf(problem);
      if (problem instanceof ApiError && (problem.status === 404 || problem.status === 409)) stale();
    } finally {
      submit.ariaDisabled = null;
      submit.textContent = t.submit;
    }
  }

  return h(
    'form',
    {
      class: 'mine-form',
      novalidate: true,
      'data-testid': 'mine-post-form',
      onsubmit: (event: Event) => {
        event.preventDefault();
        void send();
      },
    },
    h('p', { class: 'mine-not-posted', 'data-testid': 'mine-not-posted' }, t.notPosted),
    h('label', { for: id }, t.words),
    words,
    submit,
  );
}
