const MOST = 80;

/** The first line of a post that says something, shortened; the fallback where none does. */
export function titleOf(text: string | null | undefined, fallback: string): string {
  const line = (text ?? '')
    .split('\n')
    .map(each => each.trim())
    .find(each => each !== '');
  if (line === undefined) return fallback;
  const characters = [...line];
  return characters.length > MOST
    ? `${characters
        .slice(0, MOST - 1)
        .join('')
        .trimEnd()}…`
    : line;
}
