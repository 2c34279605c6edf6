import type { Job } from '../api/types';
import { h } from '../dom/element';
import { text } from './texts';

/** The step and the coarse progress that the record has. */
export function processing(): { element: HTMLElement; update(job: Job): void } {
  const t = text();
  const label = h('span', { 'data-testid': 'mine-step' });
  const bar = h('progress', { max: 100, 'aria-label': t.stage.processing });
  return {
    element: h('div', { class: 'mine-progress', 'data-testid': 'mine-progress' }, label, bar),
    update({ step, percent }) {
      label.textContent = `${t.steps[step]} · ${percent} %`;
      bar.value = percent;
    },
  };
}
