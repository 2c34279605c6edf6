/** One rendition as the playlist lists it. */
export interface Level {
  readonly width: number;
  readonly height: number;
  /** Peak bits per second. */
  readonly bitrate: number;
}

/** What the viewer wants to see: a height, as in "720p", or null for what the network allows. */
export type Quality = number | null;

/** What a rung is named after: portrait films have it lying. */
export function shortSide(level: Pick<Level, 'width' | 'height'>): number {
  return Math.min(level.width, level.height);
}

/** The heights that can be chosen, largest first; each once, however many bitrates it has. */
export function heightsOf(levels: readonly Level[]): number[] {
  return [...new Set(levels.map(shortSide))].sort((a, b) => b - a);
}

/** The levels among which the player adapts, as indices of a list that is sorted by size, then by bitrate. */
export interface LevelRange {
  readonly lowest: number;
  readonly highest: number;
}

/** The levels of a height; all where that height is not there, or none was chosen. */
export function rangeOf(levels: readonly Level[], quality: Quality): LevelRange {
  const lowest = levels.findIndex(level => shortSide(level) === quality);
  return lowest === -1
    ? { lowest: 0, highest: levels.length - 1 }
    : { lowest, highest: levels.findLastIndex(level => shortSide(level) === quality) };
}

/** The best level of a range that a bandwidth carries; the lowest where it carries none or nothing is known. */
export function bestLevel(levels: readonly Level[], range: LevelRange, bitsPerSecond: number): number {
  for (let i = range.highest; i > range.lowest; i--) {
    if (levels[i]!.bitrate <= bitsPerSecond) return i;
  }
  return range.lowest;
}
