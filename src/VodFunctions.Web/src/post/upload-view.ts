import { h } from '../dom/element';
import { formatBytes, formatClock } from '../i18n/format';
import { language } from '../i18n/language';
import { OtherFile } from '../uploads/same-file';
import type { Phase, Upload } from '../uploads/upload';
import type { Scope } from './scope';
import { text } from './texts';
import { uploadSentence } from './upload-sentence';

/** What the buttons do that need a file. */
export interface UploadActions {
  /** Chooses the same file again. */
  sameFile(): void;
  /** Chooses another one instead. */
  other(): void;
  /** Takes the one that was not the same. */
  instead(): void;
}

/** How an upload goes: name, bar, speed and time left, and what can be done. */
export function uploadView(upload: Upload, scope: Scope, actions: UploadActions): HTMLElement {
  const t = text();
  const phase = h('p', { class: 'post-phase', role: 'status', 'data-testid': 'post-phase' });
  const percent = h('span', { class: 'post-percent', 'data-testid': 'post-percent' });
  const bar = h('progress', { max: 100, value: 0, 'aria-label': t.bar, 'data-testid': 'post-progress' });
  const sent = h('span', { 'data-testid': 'post-sent-bytes' });
  const speed = h('span', { 'data-testid': 'post-speed' });
  const left = h('span', { 'data-testid': 'post-left' });
  const told = h('p', { class: 'visually-hidden', role: 'status' });
  const problem = h('p', { class: 'post-problem', role: 'alert', 'data-testid': 'post-upload-problem' });

  const button = (id: string, label: string, act: () => void, primary = false) =>
    h('button', { type: 'button', 'data-testid': id, class: primary ? 'primary' : null, onclick: act }, label);
  const pause = button('post-pause', t.pause, upload.pause);
  const resume = button('post-resume', t.resume, upload.resume, true);
  const again = button('post-again', t.again, upload.resume, true);
  const same = button('post-same-file', t.sameFile, actions.sameFile, true);
  const instead = button('post-instead', t.instead, actions.instead);
  const other = button('post-other', t.other, actions.other);
  const buttons = [pause, resume, again, same, instead, other];

  function draw(): void {
    const { phase: now, error } = upload.state.value;
    const wanted = new Set(
      buttonsOf(now, error, upload.submission.state.value.kind !== 'draft').map(id =>
        buttons.find(each => each.dataset['testid'] === id)!,
      ),
    );
    const focused = document.activeElement;
    for (const each of buttons) each.hidden = !wanted.has(each);
    // The keyboard stays where it was: on the button that took the place of the one that was pressed.
    if (buttons.some(each => each === focused && each.hidden)) buttons.find(each => !each.hidden)?.focus();
    view.dataset['phase'] = now;
    if (phase.textContent !== t.phases[now]) phase.textContent = t.phases[now];
    problem.textContent = error === null ? '' : uploadSentence(error, upload.file.name);
  }

  const percents = new Intl.NumberFormat(language.value, { style: 'percent' });
  let quarter = 0;
  scope.watch(upload.progress, ({ sentBytes, totalBytes, bytesPerSecond, secondsLeft }) => {
    const done = Math.floor((sentBytes / totalBytes) * 100);
    bar.value = done;
    percent.textContent = percents.format(done / 100);
    sent.textContent = t.sent(formatBytes(sentBytes), formatBytes(totalBytes));
    speed.textContent = bytesPerSecond === null ? '' : t.speed(formatBytes(bytesPerSecond));
    left.textContent = secondsLeft === null || secondsLeft === 0 ? '' : t.left(formatClock(Math.ceil(secondsLeft)));
    // A screen reader hears of every quarter.
    if (Math.floor(done / 25) > quarter) {
      quarter = Math.floor(done / 25);
      told.textContent = t.uploaded(percents.format(done / 100));
    }
  });

  const view = h(
    'div',
    { class: 'post-upload', 'data-testid': 'post-upload' },
    h(
      'p',
      { class: 'post-file' },
      h('span', { class: 'post-file-name', 'data-testid': 'post-file-name' }, upload.file.name),
      percent,
    ),
    bar,
    h('p', { class: 'hint post-numbers' }, sent, speed, left),
    phase,
    told,
    problem,
    h('div', { class: 'post-actions' }, buttons),
  );
  scope.watch(upload.state, draw);
  scope.watch(upload.submission.state, draw);
  return view;
}

/** The buttons of each phase. A video that is posted is not exchanged, unless it cannot be uploaded. */
export function buttonsOf(phase: Phase, error: unknown, posted: boolean): string[] {
  switch (phase) {
    case 'sending':
    case 'waiting':
      return posted ? ['post-pause'] : ['post-pause', 'post-other'];
    case 'paused':
      return posted ? ['post-resume'] : ['post-resume', 'post-other'];
    case 'failed':
      return ['post-again', 'post-other'];
    case 'needs-file':
      return error instanceof OtherFile
        ? ['post-same-file', 'post-instead', 'post-other']
        : ['post-same-file', 'post-other'];
    case 'complete':
      return posted ? [] : ['post-other'];
    default:
      return [];
  }
}
