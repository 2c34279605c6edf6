import { fill, h } from '../dom/element';
import { icon } from '../dom/icon';
import { ICONS, type IconName } from './icons';

/** A button of the player that shows an icon and is called what it does. */
export interface IconButton {
  readonly element: HTMLButtonElement;
  show(name: IconName, label: string): void;
}

export function iconButton(testId: string, name: IconName, label: string, onclick: () => void): IconButton {
  const element = h('button', { type: 'button', class: 'player-button', 'data-testid': testId, onclick });
  let shown: IconName | null = null;
  function show(next: IconName, text: string): void {
    if (next !== shown) fill(element, icon(ICONS[next]));
    shown = next;
    element.setAttribute('aria-label', text);
    element.title = text;
  }
  show(name, label);
  return { element, show };
}
