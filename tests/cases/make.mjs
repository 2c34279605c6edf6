// What the case files are made of: counted pictures, numbered beeps, and FFmpeg.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../e2e/support/processes.mjs';

/** Bits of a picture's number, shown as a strip of black and white fields along the top sixth of the picture. */
export const strip = { bits: 12, share: 6 };

/** The pitch of the beep that begins in a second, in Hz, and its length in seconds. */
export const beep = { base: 400, step: 60, seconds: 0.1 };

/** FFmpeg, which must succeed; the last argument is the file that it makes, and that is returned. */
export async function ffmpeg(...args) {
  const { code, stderr } = await run('ffmpeg', ['-y', '-v', 'error', '-nostdin', ...args.flat(Infinity).map(String)]);
  if (code !== 0) throw new Error(`ffmpeg: ${stderr.trim().split('\n').slice(-3).join(' | ')}`);
  return String(args.flat(Infinity).at(-1));
}

/** An input of pictures that count themselves. */
export function counted({ width = 640, height = 360, rate = 30, seconds, offset = 0 }) {
  const head = 2 * Math.floor(height / strip.share / 2);
  const bits =
    `color=black:s=${strip.bits}x2:r=${rate}:d=${seconds},format=gray,` +
    `geq=lum='255*bitand(trunc(N/pow(2\\,${strip.bits - 1}-X))\\,1)',scale=${width}x${head}:flags=neighbor,format=yuv420p[bits]`;
  const moving = `testsrc2=s=${width}x${height - head}:r=${rate}:d=${seconds}[moving]`;
  return [
    ...(offset ? ['-itsoffset', offset] : []),
    '-f',
    'lavfi',
    '-i',
    `${bits};${moving};[bits][moving]vstack,setsar=1`,
  ];
}

/** An input of one beep a second, each of its own pitch. */
export function beeps({ seconds, rate = 48000, offset = 0 }) {
  const tone = `0.6*sin(2*PI*(${beep.base}+${beep.step}*floor(t))*t)*lt(mod(t\\,1)\\,${beep.seconds})`;
  return [
    ...(offset ? ['-itsoffset', offset] : []),
    '-f',
    'lavfi',
    '-i',
    `aevalsrc=exprs='${tone}':s=${rate}:d=${seconds}`,
  ];
}

/** Options of encoders. */
export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
export const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', 8, '-b:v', '1M'];
export const mpeg2 = ['-c:v', 'mpeg2video', '-b:v', '4M', '-c:a', 'mp2'];
export const asTimed = ['-fps_mode', 'passthrough'];

/** A clip of counted pictures and beeps, 640x360 at 30 per second. */
export const plain = (file, { seconds = 8, more = [] } = {}) =>
  ffmpeg(counted({ seconds }), beeps({ seconds }), h264, '-c:a', 'aac', more, file);

/** Files one after the other, byte by byte, as `cat` joins them. */
export async function join2(file, parts) {
  await writeFile(file, Buffer.concat(await Promise.all(parts.map(part => readFile(part)))));
  return file;
}

/** A file of another's bytes. */
export async function changed(file, from, change) {
  await writeFile(file, change(await readFile(from)));
  return file;
}

/** Writes a duration into the header of a Matroska file (element 0x4489, a float of 8 bytes, in milliseconds). */
export function withDuration(bytes, seconds) {
  const at = bytes.indexOf(Buffer.from([0x44, 0x89, 0x88]));
  if (at < 0) throw new Error('The file declares no duration.');
  bytes.writeDoubleBE(1000 * seconds, at + 3);
  return bytes;
}

/** A transport stream of several clips, each with a beginning on the clock. */
export async function inParts(folder, name, parts) {
  let at = 0;
  const files = [];
  for (const [index, { seconds, video, sound, codecs }] of parts.entries()) {
    files.push(
      await ffmpeg(
        video,
        sound,
        codecs,
        '-output_ts_offset',
        at,
        '-f',
        'mpegts',
        inFolder(folder, `${name}-${index}.ts`),
      ),
    );
    at += seconds;
  }
  return join2(inFolder(folder, name), files);
}

export const inFolder = (folder, name) => join(folder, name);
