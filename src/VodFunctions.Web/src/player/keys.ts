/** What a key asks for. */
export type Command =
  | { readonly do: 'toggle' | 'mute' | 'fullscreen' | 'statistics' | 'help' }
  | { readonly do: 'seek-by'; readonly seconds: number }
  | { readonly do: 'seek-to'; readonly share: number }
  | { readonly do: 'volume-by'; readonly share: number }
  | { readonly do: 'faster' | 'slower' };

/** What has the focus: some elements need keys for themselves. */
export type Focus = 'page' | 'button' | 'slider' | 'field';

/** A key as `KeyboardEvent` tells it. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const COMMANDS: Readonly<Record<string, Command>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  j: { do: 'seek-by', seconds: -10 },
  l: { do: 'seek-by', seconds: 10 },
  ArrowLeft: { do: 'seek-by', seconds: -5 },
  ArrowRight: { do: 'seek-by', seconds: 5 },
  ArrowUp: { do: 'volume-by', share: 0.1 },
  ArrowDown: { do: 'volume-by', share: -0.1 },
  f: { do: 'fullscreen' },
  m: { do: 'mute' },
  i: { do: 'statistics' },
  '<': { do: 'slower' },
  '>': { do: 'faster' },
  '?': { do: 'help' },
};

/** What a key asks for, or null where it is none of the player's, or the focused element's own. */
export function commandOf(press: KeyPress, focus: Focus): Command | null {
  if (focus === 'field' || press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = nameOf(press);
  if (focus === 'button' && key === ' ') return null;
  if (focus === 'slider' && key.startsWith('Arrow')) return null;
  return /^\d$/.test(key) ? { do: 'seek-to', share: Number(key) / 10 } : (COMMANDS[key] ?? null);
}

/** A letter by the key's place where the layout is not Latin: the Korean one gives "ㅏ" for the key of "k". */
function nameOf({ key, code }: KeyPress): string {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
}

/** What an element is to the keys. */
export function focusOf(element: Element | null): Focus {
  if (element === null) return 'page';
  if (element.closest('dialog[open]') || (element as HTMLElement).isContentEditable) return 'field';
  const type = element.tagName === 'INPUT' ? (element as HTMLInputElement).type : element.tagName.toLowerCase();
  if (type === 'range') return 'slider';
  if (['button', 'a', 'summary'].includes(type)) return 'button';
  return element.tagName === 'INPUT' || type === 'select' || type === 'textarea' ? 'field' : 'page';
}
