// How near single pictures of a rendition come to the source's, in their own size.
import { spread, standingAt } from './align.mjs';
import { blocks, guarded, run } from './ffmpeg.mjs';
import { showIn } from './show.mjs';

/** How many pictures are looked at. */
const count = 5;

/** A source with more pictures woven of two fields than this share is shown as a player shows it: the fields apart. */
const leastCombs = 0.05;

/** The peak signal to noise ratio of the luma of two RGB pictures, in dB; 100 where they are the same. */
export function psnr(a, b) {
  let sum = 0;
  for (let at = 0; at < a.length; at += 3) {
    const luma = 0.2126 * (a[at] - b[at]) + 0.7152 * (a[at + 1] - b[at + 1]) + 0.0722 * (a[at + 2] - b[at + 2]);
    sum += luma * luma;
  }
  return sum === 0 ? 100 : Math.min(100, 10 * Math.log10((255 * 255 * a.length) / 3 / sum));
}

/**
 * Stills of a rendition beside those of the source that may stand there: at the time, and one before and after.
 * @returns {Promise<{ time: number, psnr: number }[]>} none of pictures that are smaller than a macroblock
 */
export async function loadStills(rendition, { pictures: sources, combs }, facts) {
  const { width, height } = rendition.video;
  if (Math.min(width, height) < 16) return [];
  // Not the first and the last: they are judged for themselves.
  const chosen = spread(rendition.pictures, count + 2).slice(1, -1);
  const wanted = chosen.map(({ time }) => {
    const at = standingAt(sources, time);
    return [at - 1, at, at + 1].filter(index => sources[index]).map(index => sources[index]);
  });
  const size = { width, height };
  const own = await picturesAt(
    rendition,
    size,
    chosen.map(({ raw }) => raw),
  );
  const others = await picturesAt(
    { ...facts, isWoven: combs > leastCombs },
    size,
    wanted.flat().map(({ raw }) => raw),
  );
  return chosen
    .map(({ time, raw }, index) => ({
      time,
      psnr: Math.max(
        0,
        ...wanted[index].map(source => {
          const [a, b] = [own.get(raw), others.get(source.raw)];
          return a && b ? psnr(a, b) : 0;
        }),
      ),
    }))
    .filter(still => still.psnr > 0);
}

/** Whole pictures of a file at these times of its own clock. */
async function picturesAt({ file, video, audio, options = [], isWoven = false }, size, times) {
  const unique = [...new Set(times)].sort((a, b) => a - b);
  const found = new Map();
  let next = 0;
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-nostdin',
      ...guarded,
      '-noautorotate',
      ...options,
      '-i',
      file,
      '-map',
      `0:${video.index}`,
      '-fps_mode',
      'passthrough',
      '-vf',
      [
        ...(isWoven ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
        `select='${unique.map(time => `lt(abs(t-${time.toFixed(6)}),0.0006)`).join('+')}'`,
        ...showIn(size, video, 'bicubic'),
      ].join(','),
      '-f',
      'rawvideo',
      'pipe:3',
      // The sound comes along: FFmpeg takes its zero from all streams that are read.
      ...(audio ? ['-map', `0:${audio.index}`, '-f', 'null', '-'] : []),
    ],
    [blocks(size.width * size.height * 3, bytes => found.set(unique[next++], Buffer.from(bytes)))],
  );
  return found;
}
