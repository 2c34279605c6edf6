// What each rendition shows at a time, beside what the source shows then: measured once, judged by several rules. Pure.
import { pictureOffset, soundOffset, spread, standingAt, unlikeness } from './align.mjs';

/** Pictures of a rendition that are looked at. */
const samples = 240;

/** Source pictures that are searched for another one that fits better. */
const candidates = 1200;

/** The longest part that is measured for itself, in seconds, and how many. */
const partSeconds = 8;
const parts = 8;

/** Up to that unlikeness two small pictures are the same one: what coding alone does. */
const same = 3;

/** Above it they are never the same. */
const different = 25;

const memory = new WeakMap();

/** The measurements of a rendition. */
export function watch(rendition, comparison) {
  if (!memory.has(rendition)) {
    memory.set(rendition, { looks: looksOf(rendition, comparison), parts: partsOf(rendition, comparison) });
  }
  return memory.get(rendition);
}

/** Seconds that a picture may stand too early or late and be the right one. */
export const tolerance = (rendition, source) =>
  Math.max(0.05, Math.min(0.1, 1.5 * Math.max(frameOf(rendition), source.interval)));

/** Seconds from one picture of a rendition to the next. */
export const frameOf = ({ pictures }) =>
  pictures.length > 1 ? (pictures.at(-1).time - pictures[0].time) / (pictures.length - 1) : 0.04;

/**
 * For pictures all over the rendition: `expected`, how unlike it is to what the source shows then; `best`, to whatever
 * picture of the source fits best, which stands there at `bestTime`. `isTimed`: no other fits better. `isRight`: and it
 * is like it.
 */
function looksOf(rendition, { source }) {
  const around = tolerance(rendition, source);
  const others = spread(source.pictures, candidates);
  return spread(rendition.pictures, samples).map(picture => {
    const { time, pixels } = picture;
    const [first, last] = [time - around, time + around].map(at => standingAt(source.pictures, at));
    let [expected, match] = [Infinity, null];
    for (let index = first; index <= last; index++) {
      const found = unlikeness(pixels, source.pictures[index].pixels);
      if (found < expected) [expected, match] = [found, source.pictures[index]];
    }
    let [best, bestTime] = [expected, match.time];
    if (expected > same) {
      for (const other of others) {
        const found = unlikeness(pixels, other.pixels);
        // Of pictures that look the same the nearest counts.
        const isNearer = Math.abs(other.time - time) < Math.abs(bestTime - time);
        if (found < best - 0.5 || (found < best + 0.5 && isNearer)) [best, bestTime] = [Math.min(best, found), other.time];
      }
    }
    const isTimed = expected <= 2 * best + same;
    return { picture, match, time, expected, best, bestTime, isTimed, isRight: isTimed && expected <= different };
  });
}

/** Offsets of picture and sound, part by part: null where nothing tells. */
function partsOf(rendition, { source }) {
  const end = Math.min(source.end, Math.max(rendition.pictures.at(-1).time, rendition.sound?.end ?? 0));
  const length = Math.min(partSeconds, end);
  const count = Math.min(parts, Math.max(1, Math.round(end / length)));
  return Array.from({ length: count }, (_, index) => {
    const from = count > 1 ? (index * (end - length)) / (count - 1) : 0;
    const inside = rendition.pictures.filter(({ time }) => time >= from && time < from + length);
    return {
      from,
      to: from + length,
      picture: inside.length > 1 ? pictureOffset(spread(inside, 60), source.pictures) : null,
      sound:
        rendition.sound && source.sound
          ? (soundOffset(rendition.sound, source.sound, from, from + length)?.offset ?? null)
          : null,
    };
  });
}
