import type { App, Page } from '../app/app';
import { h } from '../dom/element';

export function minePage(_app: App): Page {
  return { title: 'Mine', element: h('section', { class: 'mine' }, h('h1', { 'data-testid': 'mine-heading' }, 'Mine')) };
}
