import type { App } from '../app/app';
import { fill, h } from '../dom/element';
import { sentenceOf } from '../problems/sentences';
import type { Upload } from '../uploads/upload';
import { textProblem } from './draft';
import type { Scope } from './scope';
import type { TextStep } from './text-step';
import { text } from './texts';

/**
 * Sends the post, at any time, and shows what becomes of it.
 *
 * @param another Begins a new post.
 */
export function submitStep(_app: App, upload: Upload | null, write: TextStep, scope: Scope, another: () => void): HTMLElement {
  const t = text();
  const problem = h('p', { class: 'post-problem', role: 'alert', 'data-testid': 'post-problem' });
  const status = h('p', { role: 'status', 'data-testid': 'post-status' });
  const after = h('div', { class: 'post-after' });
  const button = h('button', { type: 'button', class: 'primary', 'data-testid': 'post-submit', onclick: submit }, t.post);
  const hint = h('p', { class: 'hint' }, t.submitHint);
  const element = h('div', { class: 'post-submit' }, h('div', { class: 'post-actions' }, button), hint, problem, status, after);

  function submit(): void {
    const wrong = textProblem(write.value());
    problem.textContent = '';
    if (wrong !== null) {
      problem.textContent = t[wrong];
      write.focus();
    } else if (!upload) {
      problem.textContent = t.noVideo;
      document.querySelector<HTMLElement>('[data-testid="post-choose"]')?.focus();
    } else {
      upload.submission.submit(write.value());
    }
  }

  if (!upload) return element;

  function draw(of: Upload): void {
    const state = of.submission.state.value, complete = of.state.value.phase === 'complete';
    button.hidden = hint.hidden = state.kind !== 'draft';
    problem.textContent = state.kind === 'draft' && state.error !== null ? sentenceOf(state.error) : '';
    status.textContent = state.kind === 'draft' ? '' : state.kind === 'sent' ? t.posted : t[state.kind];
    fill(after);
    if (state.kind !== 'sent') return;
    if (!complete) return fill(after, h('p', { class: 'hint' }, t.keepOpen));
    fill(after,
      h('div', { class: 'post-actions' },
        h('a', { class: 'button', href: `/videos/${of.videoId.value}`, 'data-testid': 'post-to-video' }, t.toVideo),
        h('a', { class: 'button', href: '/mine', 'data-testid': 'post-to-mine' }, t.toMine),
        h('button', { type: 'button', 'data-testid': 'post-another', onclick: another }, t.another)));
  }

  scope.watch(upload.submission.state, () => draw(upload));
  let was: boolean | null = null;
  scope.watch(upload.state, ({ phase }) => {
    if ((phase === 'complete') === was) return;
    was = phase === 'complete';
    draw(upload);
  });
  return element;
}
