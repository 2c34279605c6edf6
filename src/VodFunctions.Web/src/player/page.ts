import type { App, Page } from '../app/app';
import { h } from '../dom/element';

export function playerPage(_app: App): Page {
  return { title: 'Player', element: h('section', { class: 'player' }, h('h1', { 'data-testid': 'player-heading' }, 'Player')) };
}
