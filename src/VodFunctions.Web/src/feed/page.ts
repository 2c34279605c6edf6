import type { App, Page } from '../app/app';
import { h } from '../dom/element';

export function feedPage(_app: App): Page {
  return { title: 'Feed', element: h('section', { class: 'feed' }, h('h1', { 'data-testid': 'feed-heading' }, 'Feed')) };
}
