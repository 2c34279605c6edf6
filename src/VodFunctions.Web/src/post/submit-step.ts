import type { VideoId } from '../api/types';
import type { App } from '../app/app';
import { fill, h } from '../dom/element';
import { sentenceOf } from '../problems/sentences';
import { jobProgress } from '../progress/job-progress';
import type { Upload } from '../uploads/upload';
import { textProblem } from './draft';
import { createScope, type Scope } from './scope';
import type { TextStep } from './text-step';
import { text } from './texts';

/**
 * Sends the post, at any time, and shows what becomes of it.
 *
 * @param another Begins a new post.
 */
export function submitStep(
  app: App,
  upload: Upload | null,
  write: TextStep,
  scope: Scope,
  another: () => void,
): HTMLElement {
  const t = text();
  const problem = h('p', { class: 'post-problem', role: 'alert', 'data-testid': 'post-problem' });
  const status = h('p', { role: 'status', 'data-testid': 'post-status' });
  const after = h('div', { class: 'post-after' });
  const button = h(
    'button',
    { type: 'button', class: 'primary', 'data-testid': 'post-submit', onclick: submit },
    t.post,
  );
  const hint = h('p', { class: 'hint' }, t.submitHint);
  const element = h(
    'div',
    { class: 'post-submit' },
    h('div', { class: 'post-actions' }, button),
    hint,
    problem,
    status,
    after,
  );

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
    const state = of.submission.state.value;
    button.hidden = hint.hidden = state.kind !== 'draft';
    problem.textContent = state.kind === 'draft' && state.error !== null ? sentenceOf(state.error) : '';
    status.textContent = state.kind === 'draft' ? '' : state.kind === 'sent' ? t.posted : t[state.kind];
    afterScope.end();
    fill(after);
    if (state.kind !== 'sent') return;
    if (of.state.value.phase !== 'complete')
      fill(after, h('p', { class: 'hint', 'data-testid': 'post-keep-open' }, t.keepOpen));
    else fill(after, ...follow(of.videoId.value!));
  }

  /** From the stored upload to its end. */
  function follow(videoId: VideoId): HTMLElement[] {
    const job = jobProgress(app, videoId);
    afterScope.add(job.dispose);
    // What it offers where the video was no good: this page, with nothing on it.
    job.element.addEventListener('click', event => {
      if ((event.target as Element).closest('a')?.pathname === '/post') another();
    });
    const later = h('p', { class: 'hint' }, t.later);
    afterScope.watch(job.video, video => {
      later.hidden = video?.job != null && video.job.status !== 'PENDING';
    });
    return [
      later,
      job.element,
      h(
        'div',
        { class: 'post-actions' },
        h('a', { class: 'button', href: `/videos/${videoId}`, 'data-testid': 'post-to-video' }, t.toVideo),
        h('a', { class: 'button', href: '/mine', 'data-testid': 'post-to-mine' }, t.toMine),
        h('button', { type: 'button', 'data-testid': 'post-another', onclick: another }, t.another),
      ),
    ];
  }

  const afterScope = createScope();
  scope.add(afterScope.end);
  scope.watch(upload.submission.state, () => draw(upload));
  let was: boolean | null = null;
  scope.watch(upload.state, ({ phase }) => {
    if ((phase === 'complete') === was) return;
    was = phase === 'complete';
    draw(upload);
  });
  return element;
}
