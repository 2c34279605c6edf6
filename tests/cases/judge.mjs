// Holds what came out of a case against what was wanted. Pure.
import { worstSync } from './counted.mjs';

/** Seconds that a length may differ, and milliseconds that a beep may be off. */
const [mostSeconds, mostSync] = [0.1, 45];

/** What is wanted, in words. */
export function wantedText({ seconds, orSeconds, first, last, lag, psnr, sizes }) {
  return [
    'COMPLETED',
    `${seconds}${orSeconds ? ` or ${orSeconds}` : ''} s`,
    ...(first === undefined ? [] : [`pictures ${first} to ${last}`]),
    ...(lag === null ? [] : [`in step within ${mostSync} ms`]),
    ...(sizes ? [sizes.join(', ')] : []),
    ...(psnr ? [`${psnr} dB`] : []),
  ].join(', ');
}

/** What came out, in words, and what of it is not as wanted. */
export function judge({ wanted, rate = 30 }, video, found) {
  if (video.job.status !== 'COMPLETED')
    return { got: `${video.job.status} ${video.job.error?.code}`, faults: [video.job.error?.code] };
  const { seconds, orSeconds, first, last, lag = 0, psnr, sizes = [] } = wanted;
  const numbers = found.pictures.map(({ number }) => number);
  const sync = lag === null ? null : Math.round(worstSync(found.pictures, found.beeps, rate, lag));
  const faults = [
    ![seconds, orSeconds].some(each => Math.abs(found.seconds - each) <= mostSeconds) && 'length',
    first !== undefined && numbers[0] !== first && 'first picture',
    last !== undefined && numbers.at(-1) !== last && 'last picture',
    sync !== null && !(Math.abs(sync) <= mostSync) && 'sync',
    ...sizes.map(size => !found.renditions.some(each => each.size === size) && `no ${size}`),
    psnr && !(found.renditions[0].psnr >= psnr) && 'PSNR',
    ...found.broken.map(({ rule, problem }) => `${rule} (${problem})`),
  ].filter(Boolean);
  const got = [
    'COMPLETED',
    `${Number(found.seconds.toFixed(2))} s`,
    ...(first === undefined ? [] : [`pictures ${numbers[0]} to ${numbers.at(-1)}`]),
    ...(sync === null ? [] : [Number.isNaN(sync) ? 'no beep to judge by' : `beeps off by ${sync} ms`]),
    found.renditions
      .map(each => `${each.size} ${Math.round(each.bytes / 1000)} kB${each.psnr ? ` ${each.psnr.toFixed(1)} dB` : ''}`)
      .join(', '),
  ].join('; ');
  return { got, faults };
}
