import { formatAgo } from '../i18n/format';
import { language } from '../i18n/language';
import { h } from './element';

/** `3 minutes ago`, with the exact time as its title. */
export function timeAgo(iso: string): HTMLTimeElement {
  const date = new Date(iso);
  const exact = new Intl.DateTimeFormat(language.value, { dateStyle: 'long', timeStyle: 'short' }).format(date);
  return h('time', { class: 'ago', datetime: iso, title: exact }, formatAgo(date));
}

/** Keeps what {@link timeAgo} made inside an element true while time goes by, until the answer is called. */
export function keepTimes(root: Element): () => void {
  const timer = setInterval(() => {
    for (const element of root.querySelectorAll<HTMLTimeElement>('time.ago')) {
      const shown = formatAgo(new Date(element.dateTime));
      if (element.textContent !== shown) element.textContent = shown;
    }
  }, 30_000);
  return () => clearInterval(timer);
}
