import { h } from '../dom/element';
import { playerTexts } from './texts';

/** Shows the list of keys over the page, or over the film where that fills the screen. */
export function showKeysHelp(host: HTMLElement): void {
  const t = playerTexts();
  const rows: [string[], string][] = [
    [['Space', 'K'], t.help.toggle],
    [['J', 'L'], t.help.jump],
    [['←', '→'], t.help.arrows],
    [['↑', '↓'], t.help.volume],
    [['M'], t.help.mute],
    [['F'], t.help.fullscreen],
    [['0', '…', '9'], t.help.digits],
    [['<', '>'], t.help.speed],
    [['I'], t.help.statistics],
    [['?'], t.help.help],
  ];
  const dialog = h(
    'dialog',
    { class: 'player-keys', 'aria-labelledby': 'player-keys-title', 'data-testid': 'player-keys' },
    h('h2', { id: 'player-keys-title' }, t.keys),
    h(
      'dl',
      {},
      rows.map(([keys, what]) => [
        h(
          'dt',
          {},
          keys.map(key => (key === '…' ? '…' : h('kbd', {}, key))),
        ),
        h('dd', {}, what),
      ]),
    ),
    h(
      'button',
      { type: 'button', class: 'primary', 'data-testid': 'player-keys-close', onclick: () => dialog.close() },
      t.close,
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  host.append(dialog);
  dialog.showModal();
}
