const LINES = 3;
const CHARACTERS = 200;

/** The first lines of a post, for a card: short enough for the eye and for a screen reader that reads a link's text. */
export function excerpt(text: string): string {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(line => line.trim())
    .filter(line => line !== '');
  const first = lines.slice(0, LINES).join('\n');
  // By characters, so that none is cut in half.
  const characters = [...first];
  if (characters.length > CHARACTERS) return `${characters.slice(0, CHARACTERS).join('').trimEnd()}…`;
  return lines.length > LINES ? `${first}…` : first;
}
