// Reads counted pictures and numbered beeps: which picture stands when, and which beep is heard when.
import { blocks, guarded, run } from '../../tools/check-hls/source/ffmpeg.mjs';
import { beep, strip } from './make.mjs';

const soundRate = 16000;

/** The numbers of the pictures of a file, with their times in seconds. */
export async function picturesOf(file) {
  const numbers = [];
  const { stderr } = await run(
    'ffmpeg',
    [
      '-hide_banner',
      '-nostdin',
      '-nostats',
      ...guarded,
      '-copyts',
      '-i',
      file,
      '-map',
      '0:v:0',
      '-fps_mode',
      'passthrough',
      '-vf',
      `showinfo=checksum=0,crop=iw:ih/${strip.share + 2}:0:0,scale=${strip.bits}:1:flags=area,format=gray`,
      '-f',
      'rawvideo',
      'pipe:3',
    ],
    [blocks(strip.bits, bits => numbers.push(bits.reduce((number, bit) => 2 * number + (bit > 127 ? 1 : 0), 0)))],
  );
  const [, by, base] = /time_base: (\d+)\/(\d+)/.exec(stderr) ?? [];
  const times = [...stderr.matchAll(/\] n: *\d+ pts: *(-?\d+)/g)].map(([, pts]) => (pts * by) / base);
  return numbers.map((number, index) => ({ number, time: times[index] }));
}

/** When which beep begins: `second` is the one that its pitch names. */
export async function beepsOf(file) {
  const parts = [];
  const { stderr } = await run(
    'ffmpeg',
    [
      '-hide_banner',
      '-nostdin',
      '-nostats',
      ...guarded,
      '-copyts',
      '-i',
      file,
      '-map',
      '0:a:0?',
      '-af',
      `aresample=${soundRate},ashowinfo`,
      '-ac',
      '1',
      '-f',
      's16le',
      'pipe:3',
    ],
    [bytes => parts.push(bytes)],
  );
  const bytes = Buffer.concat(parts);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  const begin = Number(/pts:(-?\d+)/.exec(stderr)?.[1] ?? 0) / soundRate;
  const found = [];
  const quiet = 0.03 * soundRate;
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let at = 0; at < samples.length; at++) {
    if (Math.abs(samples[at]) < 0.08 * loudest || loudest < 300) continue;
    let end = at;
    for (let index = at; index < Math.min(samples.length, end + quiet); index++)
      if (Math.abs(samples[index]) >= 0.08 * loudest) end = index;
    if (end - at > 0.03 * soundRate) {
      const second = (pitch(samples.subarray(at, end)) - beep.base) / beep.step;
      found.push({ time: begin + at / soundRate, second: Math.round(second) });
    }
    at = end + 1;
  }
  return found;
}

/** By the times between its rising zero crossings, in Hz. */
function pitch(samples) {
  const crossings = [];
  for (let at = 1; at < samples.length; at++) if (samples[at - 1] < 0 && samples[at] >= 0) crossings.push(at);
  return crossings.length > 2 ? (crossings.length - 1) / ((crossings.at(-1) - crossings[0]) / soundRate) : 0;
}

/**
 * How far beeps are from the pictures that they belong to, in milliseconds: the one that is farthest. Positive: the
 * sound is late. A beep beside a picture that is held says nothing, and one at a change of picture belongs to either.
 * @param {number} rate pictures per second of the source
 * @param {number} lag seconds that the source's beeps stand after the pictures of the same time
 */
export function worstSync(pictures, beeps, rate, lag) {
  const apart = beeps.flatMap(({ time, second }) => {
    const at = pictures.findLastIndex(picture => picture.time <= time + 0.001);
    const near = pictures.slice(Math.max(0, at - 1), at + 2);
    if (at < 0 || near.length < 3 || new Set(near.map(({ number }) => number)).size < near.length) return [];
    // A picture stands for its whole time: within it the sound is in step.
    const offsets = near.map(({ number }) => {
      const early = number / rate - (second + lag);
      return early > 0 ? 1000 * early : Math.min(0, 1000 * (early + 1 / rate));
    });
    return [offsets.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least))];
  });
  return apart.length === 0
    ? NaN
    : apart.reduce((worst, each) => (Math.abs(each) > Math.abs(worst) ? each : worst), 0);
}
