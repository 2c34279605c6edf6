// The pictures of a storyboard: which part of a sheet stands for which seconds, as WebVTT with media fragments says it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { get } from '../form/load.mjs';
import { blocks, guarded, probe, run } from './ffmpeg.mjs';

const seconds = text => text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);

/** The cues of a storyboard: times in seconds, the sheet's name, and the tile in it in pixels. */
export function cuesOf(text) {
  const pattern = /([\d:.]+) --> ([\d:.]+).*\r?\n([^\s#]+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;
  return [...text.matchAll(pattern)].map(([, from, to, sheet, ...tile]) => {
    const [x, y, width, height] = tile.map(Number);
    return { from: seconds(from), to: seconds(to), sheet, x, y, width, height };
  });
}

/** Cues with their pictures in the small size; null where there is no storyboard. */
export async function loadStoryboard(master, folder, size) {
  const answer = await get(new URL('storyboard.vtt', master).href);
  if (answer.status !== 200) return null;
  const cues = cuesOf(answer.body.toString());
  const sheets = new Map();
  for (const name of new Set(cues.map(cue => cue.sheet)))
    sheets.set(name, await loadSheet(new URL(name, master).href, folder));
  return cues.map(cue => ({ ...cue, pixels: crop(sheets.get(cue.sheet), cue, size) }));
}

async function loadSheet(url, folder) {
  const { status, body } = await get(url);
  if (status !== 200) return null;
  const file = join(folder, 'sheet.jpg');
  await writeFile(file, body);
  const {
    streams: [{ width, height }],
  } = await probe(file, ['-show_streams']);
  let pixels = null;
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-nostdin',
      ...guarded,
      '-i',
      file,
      '-frames:v',
      '1',
      '-vf',
      'scale=in_color_matrix=smpte170m,format=rgb24',
      '-f',
      'rawvideo',
      'pipe:3',
    ],
    [
      blocks(width * height * 3, bytes => {
        pixels = Buffer.from(bytes);
      }),
    ],
  );
  return { width, height, pixels };
}

/** A part of a sheet, averaged down; null where it lies outside. */
function crop(sheet, { x, y, width, height }, size) {
  if (!sheet?.pixels || x + width > sheet.width || y + height > sheet.height) return null;
  const out = Buffer.alloc(size.width * size.height * 3);
  for (let row = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++) {
      const [x0, x1] = [column, column + 1].map(edge => x + Math.floor((edge * width) / size.width));
      const [y0, y1] = [row, row + 1].map(edge => y + Math.floor((edge * height) / size.height));
      const sums = [0, 0, 0];
      let count = 0;
      for (let v = y0; v < Math.max(y1, y0 + 1); v++) {
        for (let u = x0; u < Math.max(x1, x0 + 1); u++, count++) {
          for (let part = 0; part < 3; part++) sums[part] += sheet.pixels[3 * (v * sheet.width + u) + part];
        }
      }
      sums.forEach((sum, part) => {
        out[3 * (row * size.width + column) + part] = Math.round(sum / count);
      });
    }
  }
  return out;
}
