// Which offset makes what is shown and heard fit the source. Pure.
import { bands, levelRate, spectra, spectrumRate } from './sound.mjs';

/** Offsets that are tried, in seconds to either side. */
const reach = 3;

/** Steps between offsets of pictures, in seconds. */
const pictureStep = 1 / 120;

/** How unlike two small pictures are: the mean difference of their bytes, 0 to 255. */
export function unlikeness(a, b) {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += Math.abs(a[index] - b[index]);
  return sum / a.length;
}

/** The index of the picture that stands at a time: the last that has begun, or the first of all. */
export function standingAt(pictures, time) {
  let [low, high] = [0, pictures.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pictures[middle].time <= time + 1e-4) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** At most that many of a list, evenly spread, the first and the last among them. */
export function spread(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))]);
}

/**
 * By how many seconds shown pictures stand too late (or, negative, too early).
 * @param {object[]} shown pictures with `time` and `pixels`, some of the output's
 * @param {object[]} source all pictures, on a clock of the same zero
 * @returns {number | null} the least offset that fits best; null where the picture stands still
 */
export function pictureOffset(shown, source) {
  const cache = new Map();
  const cost = offset => {
    let sum = 0;
    shown.forEach(({ time, pixels }, index) => {
      const other = standingAt(source, time - offset);
      const key = index * source.length + other;
      if (!cache.has(key)) cache.set(key, unlikeness(pixels, source[other].pixels));
      sum += cache.get(key);
    });
    return sum / shown.length;
  };
  const steps = Math.round(reach / pictureStep);
  const found = [];
  for (let step = -steps; step <= steps; step++)
    found.push({ offset: step * pictureStep, cost: cost(step * pictureStep) });
  const best = Math.min(...found.map(each => each.cost));
  const worst = Math.max(...found.map(each => each.cost));
  if (worst - best < 0.8) return null;
  const near = found.filter(each => each.cost <= best + 0.02 * (worst - best));
  return near.reduce((a, b) => (Math.abs(b.offset) < Math.abs(a.offset) ? b : a)).offset;
}

/**
 * By how many seconds a sound is heard too late (or, negative, too early), within a part of it.
 * @param {object} heard the output's sound, on the clock of the source
 * @param {object} source
 * @param {number} from seconds
 * @param {number} to seconds
 * @returns {{ offset: number, likeness: number } | null} null where the sound is silent or even, so that nothing
 *   tells a time
 */
export function soundOffset(heard, source, from, to) {
  const count = Math.floor((to - from) * spectrumRate);
  const lags = Math.round(reach * spectrumRate);
  const own = spectra(heard, from, count);
  const other = spectra(source, from - lags / spectrumRate, count + 2 * lags);
  const found = [];
  for (let lag = -lags; lag <= lags; lag++) {
    // Heard late by `lag`: what is heard at t was in the source at t - lag.
    found.push({ lag, likeness: cosine(own, other, (lags - lag) * bands) });
  }
  const best = found.reduce((a, b) => (b.likeness > a.likeness ? b : a));
  const usual = found.map(each => each.likeness).sort((a, b) => a - b)[found.length >> 1];
  if (!(best.likeness > 0.3) || best.likeness - usual < 0.15) return null;
  return { offset: refine(heard, source, from, to, best.lag / spectrumRate), likeness: best.likeness };
}

/** The cosine of the angle between a list and a part of a longer one. */
function cosine(a, b, at) {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index], b[at + index]];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return product / Math.sqrt(ofA * ofB + 1e-12);
}

/** To the millisecond, by the levels around an offset that is known to a spectrum's step. */
function refine(heard, source, from, to, about) {
  const smooth = 4;
  const length = Math.round((to - from) * levelRate);
  const near = Math.round((1.5 * levelRate) / spectrumRate);
  const own = amplitudes(heard, from, length, smooth);
  const other = amplitudes(source, from - about - near / levelRate, length + 2 * near, smooth);
  let [best, bestLag] = [-Infinity, 0];
  for (let lag = -near; lag <= near; lag++) {
    const likeness = cosine(own, other, near - lag);
    if (likeness > best) [best, bestLag] = [likeness, lag];
  }
  return about + bestLag / levelRate;
}

function amplitudes({ start, power }, from, length, smooth) {
  const at = Math.round((from - start) * levelRate);
  const values = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    let sum = 0;
    for (let near = -smooth; near <= smooth; near++) sum += power[at + index + near] ?? 0;
    values[index] = Math.sqrt(sum);
  }
  return values;
}
