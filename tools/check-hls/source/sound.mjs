// The sound of a film as what is compared: its level at every millisecond, and its spectrum 50 times a second.

/** Samples per second that sound is decoded to. */
export const soundRate = 8000;

/** Levels per second. */
export const levelRate = 1000;

/** Spectra per second, and bands of each, from 0 to 4 kHz. */
export const spectrumRate = 50;
export const bands = 64;

const window = 2 * bands;
const perLevel = soundRate / levelRate;

/**
 * Takes decoded samples as they come, and places them at their times.
 * @param {number} channels
 */
export function soundCollector(channels) {
  const parts = [];
  let rest = Buffer.alloc(0);
  return { take, place };

  /** Takes 16-bit samples, channels interleaved. */
  function take(bytes) {
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    const count = Math.floor(all.length / (2 * channels));
    const part = { mono: new Float32Array(count), squares: new Float32Array(count) };
    for (let index = 0, at = 0; index < count; index++) {
      for (let channel = 0; channel < channels; channel++, at += 2) {
        const value = all.readInt16LE(at) / 32768;
        part.mono[index] += value;
        part.squares[index] += value * value;
      }
    }
    rest = Buffer.from(all.subarray(count * 2 * channels));
    parts.push(part);
  }

  /**
   * The whole sound.
   * @param {{ time: number, samples: number }[]} runs when each run of samples is heard
   * @returns {{ start: number, end: number, power: Float32Array, mono: Float32Array } | null} seconds; `power` is the
   *   sum of the squares over all channels, one a millisecond from time `start`; `mono` the sum of the channels,
   *   `soundRate` a second
   */
  function place(runs) {
    if (runs.length === 0) return null;
    const start = runs.reduce((least, run) => Math.min(least, run.time), Infinity);
    const end = runs.reduce((most, run) => Math.max(most, run.time + run.samples / soundRate), -Infinity);
    const mono = new Float32Array(Math.ceil((end - start) * soundRate) + 1);
    const power = new Float32Array(Math.ceil(mono.length / perLevel));
    const samples = (function* () {
      for (const part of parts)
        for (let index = 0; index < part.mono.length; index++) yield [part.mono[index], part.squares[index]];
    })();
    for (const run of runs) {
      const at = Math.round((run.time - start) * soundRate);
      for (let index = 0; index < run.samples; index++) {
        const { value, done } = samples.next();
        if (done) break;
        mono[at + index] = value[0];
        power[Math.floor((at + index) / perLevel)] += value[1] / perLevel;
      }
    }
    return { start, end, power, mono };
  }
}

/** Whether there is anything to hear: any 10 ms above -60 dB. */
export const isSilent = sound => !sound || levels(sound, sound.start, sound.end, 0.01).every(level => level < -60);

/** Levels in dB of full scale (one channel at full amplitude is -3), one for each step of seconds. */
export function levels({ start, power }, from, to, step) {
  const found = [];
  for (let at = from; at + step <= to + 1e-9; at += step) {
    const [first, last] = [at, at + step].map(time => Math.round((time - start) * levelRate));
    let sum = 0;
    for (let index = Math.max(0, first); index < Math.min(power.length, last); index++) sum += power[index];
    found.push(10 * Math.log10(sum / Math.max(1, last - first) + 1e-12));
  }
  return found;
}

/** Spectra from a time on: `count` rows of `bands` magnitudes. */
export function spectra({ start, mono }, from, count) {
  const rows = new Float32Array(count * bands);
  for (let row = 0; row < count; row++) {
    const at = Math.round((from - start + row / spectrumRate) * soundRate);
    if (at + window <= 0 || at >= mono.length) continue;
    const [real, imaginary] = [new Float32Array(window), new Float32Array(window)];
    for (let index = 0; index < window; index++) {
      real[index] = (mono[at + index] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / window));
    }
    transform(real, imaginary);
    for (let band = 0; band < bands; band++) rows[row * bands + band] = Math.hypot(real[band], imaginary[band]);
  }
  return rows;
}

/** The fast Fourier transform, in place; the length is a power of two. */
function transform(real, imaginary) {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
  }
  for (let size = 2; size <= length; size <<= 1) {
    const angle = (-2 * Math.PI) / size;
    for (let first = 0; first < length; first += size) {
      for (let k = 0; k < size / 2; k++) {
        const [c, s] = [Math.cos(angle * k), Math.sin(angle * k)];
        const [a, b] = [first + k, first + k + size / 2];
        const [x, y] = [real[b] * c - imaginary[b] * s, real[b] * s + imaginary[b] * c];
        [real[b], imaginary[b]] = [real[a] - x, imaginary[a] - y];
        [real[a], imaginary[a]] = [real[a] + x, imaginary[a] + y];
      }
    }
  }
}
