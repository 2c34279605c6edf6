// How a picture is to be turned and mirrored before it is shown (ISO 14496-12 section 8.3.2, the matrix of tkhd).

/**
 * The eight ways, by the signs of the matrix `a b c d`: FFmpeg's filters, and where a pixel of the shown picture comes
 * from.
 */
const ways = [
  { name: 'as it is', matrix: [1, 0, 0, 1], filters: [] },
  { name: 'a quarter to the right', matrix: [0, 1, -1, 0], filters: ['transpose=clock'] },
  { name: 'upside down', matrix: [-1, 0, 0, -1], filters: ['hflip', 'vflip'] },
  { name: 'a quarter to the left', matrix: [0, -1, 1, 0], filters: ['transpose=cclock'] },
  { name: 'mirrored', matrix: [-1, 0, 0, 1], filters: ['hflip'] },
  { name: 'mirrored, upside down', matrix: [1, 0, 0, -1], filters: ['vflip'] },
  { name: 'mirrored, a quarter to the left', matrix: [0, 1, 1, 0], filters: ['transpose=cclock_flip'] },
  { name: 'mirrored, a quarter to the right', matrix: [0, -1, -1, 0], filters: ['transpose=clock_flip'] },
];

const same = (a, b) => a.every((value, index) => Math.sign(value) === Math.sign(b[index]));

/**
 * The way that a display matrix names, by the nearest of the eight.
 * @param {string | undefined} text ffprobe's dump of the matrix, three rows of three numbers in 16.16 and 2.30
 */
export function turnOf(text) {
  if (!text) return ways[0];
  const rows = text
    .trim()
    .split('\n')
    .map(row => row.split(':')[1].trim().split(/\s+/).map(Number));
  const [[a, b], [c, d]] = rows;
  // What leans between two is counted to the one with the larger part.
  const matrix = Math.abs(a) + Math.abs(d) >= Math.abs(b) + Math.abs(c) ? [a, 0, 0, d] : [0, b, c, 0];
  return ways.find(way => same(way.matrix, matrix)) ?? ways[0];
}

/** A picture of packed pixels, turned in each of the eight ways and fitted into its own size by the nearest pixel. */
export function turned({ width, height, pixels }) {
  return ways.map(({ name, matrix: [a, b, c, d] }) => ({ name, pixels: remap(width, height, pixels, a, b, c, d) }));
}

function remap(width, height, pixels, a, b, c, d) {
  const aside = a === 0;
  // The shown picture in the middle, in its own shape, black beside it.
  const scale = aside ? Math.min(width / height, height / width) : 1;
  const out = Buffer.alloc(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5 - width / 2) / scale, (y + 0.5 - height / 2) / scale];
      // The inverse of a matrix of signs is its transpose.
      const sx = Math.floor(a * u + b * v + width / 2);
      const sy = Math.floor(c * u + d * v + height / 2);
      if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
      pixels.copy(out, 3 * (y * width + x), 3 * (sy * width + sx), 3 * (sy * width + sx) + 3);
    }
  }
  return out;
}
