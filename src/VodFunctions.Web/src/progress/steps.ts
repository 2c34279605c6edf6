import { fill, h } from '../dom/element';
import type { JobState, Part, Phase } from './job-state';
import { partLabel, text } from './texts';

const STEPS = ['probe', 'transcode', 'publish'] as const;
const ORDER: readonly Phase[] = ['loading', 'waiting', ...STEPS, 'ready'];

/** The steps of a job, one below the other, and below the conversion its parts with their bars. */
export function createSteps(): { element: HTMLElement; show(state: JobState): void } {
  const t = text();
  const heading = h('p', { class: 'job-heading', 'data-testid': 'job-heading' });
  const parts = h('ul', { class: 'job-parts', 'aria-label': t.transcode, hidden: true });
  const whole = createBar('job-percent', t.transcode);
  const items = new Map(STEPS.map(step => [step, createStep(step)]));
  items.get('transcode')!.item.append(whole.element, parts);
  const list = h(
    'ol',
    { class: 'job-steps', 'aria-label': t.title },
    [...items.values()].map(step => step.item),
  );
  const element = h('div', {}, heading, list);
  const bars = new Map<string, ReturnType<typeof createPart>>();

  function showParts(all: readonly Part[]): void {
    const names = all.map(part => part.name);
    const missing = names.filter(name => !bars.has(name));
    for (const name of missing) bars.set(name, createPart(name));
    if (missing.length > 0 || bars.size !== names.length)
      fill(
        parts,
        names.map(name => bars.get(name)!.element),
      );
    for (const part of all) bars.get(part.name)!.show(partLabel(part.name, names), part.percent);
    for (const name of [...bars.keys()].filter(name => !names.includes(name))) bars.delete(name);
    parts.hidden = all.length === 0;
  }

  return {
    element,
    show(state) {
      const isBefore = state.phase === 'loading' || state.phase === 'waiting';
      heading.textContent = isBefore ? (state.phase === 'waiting' ? t.waiting : t.loading) : '';
      heading.hidden = !isBefore;
      list.hidden = isBefore || state.phase === 'ready' || state.phase === 'failed' || state.phase === 'gone';
      for (const [step, { show }] of items) show(howFar(step, state.phase));
      showParts(state.parts);
      whole.element.hidden = state.phase !== 'transcode' || state.parts.length > 0;
      whole.show(state.percent);
    },
  };
}

type HowFar = 'done' | 'now' | 'next';

function howFar(step: Phase, phase: Phase): HowFar {
  const difference = ORDER.indexOf(phase) - ORDER.indexOf(step);
  return difference > 0 ? 'done' : difference === 0 ? 'now' : 'next';
}

function createStep(step: (typeof STEPS)[number]) {
  const t = text();
  const spoken = h('span', { class: 'visually-hidden' });
  const item = h(
    'li',
    { class: 'job-step', 'data-testid': `job-step-${step}` },
    h('span', { class: 'job-mark', 'aria-hidden': 'true' }),
    h('span', { class: 'job-step-name' }, t[step]),
    spoken,
  );
  const show = (how: HowFar) => {
    if (item.dataset['state'] === how) return;
    item.dataset['state'] = how;
    spoken.textContent = ` ${t[how]}`;
    if (how === 'now') item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  };
  return { item, show };
}

function createPart(name: string) {
  const label = h('span', { class: 'job-part-name' });
  const bar = createBar(`job-part-${name}`, name);
  return {
    element: h('li', { class: 'job-part' }, label, bar.element),
    show(title: string, percent: number) {
      label.textContent = title;
      bar.show(percent, title);
    },
  };
}

function createBar(testId: string, label: string) {
  const bar = h('progress', { max: 100, value: 0, 'aria-label': label, 'data-testid': testId });
  const number = h('span', { class: 'job-number', 'aria-hidden': 'true' });
  return {
    element: h('span', { class: 'job-bar' }, bar, number),
    show(percent: number, title = label) {
      bar.value = percent;
      bar.setAttribute('aria-label', title);
      number.textContent = text().percent(percent);
    },
  };
}
