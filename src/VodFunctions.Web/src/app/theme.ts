import { memory } from '../dom/memory';
import { signal, type Signal } from '../dom/signal';

export type Theme = 'auto' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

const KEY = 'vod.theme';
const current = signal<Theme>(THEMES.find(theme => theme === memory.read(KEY)) ?? 'auto');

/** The colours that were chosen; `auto` follows the system. */
export const theme: Signal<Theme> = current;

/** Chooses colours, also for the next visits. */
export function chooseTheme(chosen: Theme): void {
  memory.write(KEY, chosen);
  current.set(chosen);
}

/** Lets the styles know. */
export function applyTheme(): void {
  theme.watch(chosen => {
    document.documentElement.dataset['theme'] = chosen;
  });
}
