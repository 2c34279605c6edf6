import type { App, Page } from '../app/app';
import { h } from '../dom/element';

export function postPage(_app: App): Page {
  return { title: 'Post', element: h('section', { class: 'post' }, h('h1', { 'data-testid': 'post-heading' }, 'Post')) };
}
