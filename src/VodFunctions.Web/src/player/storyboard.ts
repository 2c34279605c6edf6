/** A picture of a storyboard: which part of which sheet stands for which seconds. */
export interface Still {
  readonly start: number;
  readonly end: number;
  readonly image: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const TIMING = /^\s*(\S+)\s+-->\s+(\S+)/;
const PLACE = /^(.*)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

/**
 * Reads a storyboard: WebVTT whose cues hold a picture's address with a media fragment (`storyboard.jpg#xywh=0,0,160,90`).
 * Cues that are none of that are left out.
 *
 * @param text The file.
 * @param base Its address, which the pictures' are relative to.
 */
export function parseStoryboard(text: string, base: string): Still[] {
  const stills: Still[] = [];
  for (const block of text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex(line => TIMING.test(line));
    const timing = TIMING.exec(lines[at] ?? ''),
      place = PLACE.exec(lines[at + 1]?.trim() ?? '');
    if (!timing || !place) continue;
    const start = parseTime(timing[1]!),
      end = parseTime(timing[2]!);
    const [x, y, width, height] = place.slice(2).map(Number) as [number, number, number, number];
    if (!(start < end) || width === 0 || height === 0 || !URL.canParse(place[1]!, base)) continue;
    stills.push({ start, end, image: new URL(place[1]!, base).href, x, y, width, height });
  }
  return stills.sort((a, b) => a.start - b.start);
}

/** The picture for a time: the last that has begun. */
export function stillAt(stills: readonly Still[], seconds: number): Still | null {
  return stills.findLast(still => still.start <= seconds) ?? stills[0] ?? null;
}

/** `1:02:03.400` or `02:03.400` in seconds; NaN where it is no time. */
function parseTime(text: string): number {
  const match = /^(?:(\d+):)?(\d{2}):(\d{2}\.\d{3})$/.exec(text);
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]) : NaN;
}
