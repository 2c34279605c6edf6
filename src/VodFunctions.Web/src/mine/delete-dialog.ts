import { ApiError } from '../api/errors';
import type { Video } from '../api/types';
import type { App } from '../app/app';
import { h } from '../dom/element';
import { sentenceOf } from '../problems/sentences';
import { nameOf } from './name';
import { stageOf } from './stage-of';
import { text } from './texts';

/**
 * Asks whether a video is to be deleted and deletes it. Resolves with whether it is gone; the focus is then back where
 * it was, unless that is gone too.
 */
export function deleteDialog(app: App, video: Video, ended: AbortSignal): Promise<boolean> {
  const t = text();
  let gone = false;
  const error = h('p', { role: 'alert', class: 'mine-problem', 'data-testid': 'mine-delete-error' });
  const cancel = h(
    'button',
    { type: 'button', autofocus: true, 'data-testid': 'mine-delete-cancel', onclick: () => dialog.close() },
    t.cancel,
  );
  const confirm = h(
    'button',
    { type: 'button', class: 'danger', 'data-testid': 'mine-delete-confirm', onclick: () => void remove() },
    t.confirm,
  );
  const dialog = h(
    'dialog',
    {
      class: 'mine-delete',
      'aria-labelledby': 'mine-delete-title',
      'aria-describedby': 'mine-delete-hint',
      'data-testid': 'mine-delete-dialog',
    },
    h('h2', { id: 'mine-delete-title' }, t.deleteTitle),
    h(
      'div',
      { id: 'mine-delete-hint' },
      h('p', {}, t.deleteHint(nameOf(video))),
      stageOf(video) === 'processing' && h('p', {}, t.deleteRunning),
    ),
    error,
    h('div', { class: 'mine-actions' }, cancel, confirm),
  );

  async function remove(): Promise<void> {
    if (confirm.ariaDisabled) return;
    confirm.ariaDisabled = 'true';
    confirm.textContent = t.deleting;
    error.textContent = '';
    try {
      await app.api.deleteVideo(video.videoId);
      gone = true;
    } catch (problem) {
      // Somebody, perhaps another tab, was quicker.
      gone = problem instanceof ApiError && problem.status === 404;
      if (!gone) error.textContent = sentenceOf(problem);
    }
    confirm.ariaDisabled = null;
    confirm.textContent = t.confirm;
    if (gone) dialog.close();
  }

  return new Promise(resolve => {
    const close = () => dialog.close();
    ended.addEventListener('abort', close);
    dialog.addEventListener('close', () => {
      ended.removeEventListener('abort', close);
      dialog.remove();
      resolve(gone);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
