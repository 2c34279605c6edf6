import { h } from '../dom/element';
import { language } from '../i18n/language';
import { MAX_TEXT } from './draft';
import { text } from './texts';

export interface TextStep {
  readonly element: HTMLElement;
  value(): string;
  set(value: string): void;
  /** Shows a text that was sent, which cannot be changed any more; null lets write. */
  lock(sent: string | null): void;
  focus(): void;
}

/** @param changed Called with each change of the user's. */
export function textStep(changed: (value: string) => void): TextStep {
  const t = text();
  const numbers = new Intl.NumberFormat(language.value);
  const counter = h('p', { id: 'post-counter', class: 'hint post-counter', 'data-testid': 'post-counter' });
  const area = h('textarea', {
    id: 'post-text',
    rows: 4,
    placeholder: t.placeholder,
    'aria-describedby': 'post-counter',
    'data-testid': 'post-text',
    oninput: () => {
      count();
      changed(area.value);
    },
  });

  function count(): void {
    const used = area.value.length;
    counter.textContent = t.count(numbers.format(used), numbers.format(MAX_TEXT));
    counter.classList.toggle('post-over', used > MAX_TEXT);
    area.setAttribute('aria-invalid', String(used > MAX_TEXT));
  }

  function set(value: string): void {
    area.value = value;
    count();
  }

  set('');
  return {
    element: h(
      'div',
      { class: 'post-write' },
      h('label', { class: 'visually-hidden', for: 'post-text' }, t.label),
      area,
      counter,
    ),
    value: () => area.value,
    set,
    lock(sent) {
      area.readOnly = sent !== null;
      if (sent !== null) set(sent);
    },
    focus: () => area.focus(),
  };
}
