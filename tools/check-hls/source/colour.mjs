// Colours of regions, and what they are in BT.709 where a source has other primaries. Pure.

/** Regions across and down. */
const [across, down] = [6, 3];

// Chromaticities x, y of red, green, blue (ITU-T H.273 table 2); the white is D65 in all.
const smpteC = [
  [0.63, 0.34],
  [0.31, 0.595],
  [0.155, 0.07],
];
const chromaticities = {
  bt709: [
    [0.64, 0.33],
    [0.3, 0.6],
    [0.15, 0.06],
  ],
  smpte170m: smpteC,
  smpte240m: smpteC,
  bt470bg: [
    [0.64, 0.33],
    [0.29, 0.6],
    [0.15, 0.06],
  ],
  smpte432: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
  bt2020: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
};
const white = [0.3127, 0.329];

const xyz = ([x, y]) => [x / y, 1, (1 - x - y) / y];
const transpose = m => m[0].map((_, column) => m.map(row => row[column]));
const apply = (m, v) => m.map(row => row.reduce((sum, value, index) => sum + value * v[index], 0));
const multiply = (a, b) => transpose(transpose(b).map(column => apply(a, column)));

function invert([[a, b, c], [d, e, f], [g, h, i]]) {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  return [
    [A, c * h - b * i, b * f - c * e],
    [B, a * i - c * g, c * d - a * f],
    [C, b * g - a * h, a * e - b * d],
  ].map(row => row.map(value => value / determinant));
}

/** From linear RGB to XYZ. */
function toXyz(primaries) {
  const columns = transpose(primaries.map(xyz));
  const scale = apply(invert(columns), xyz(white));
  return columns.map(row => row.map((value, index) => value * scale[index]));
}

/** A conversion of RGB of 0 to 255 into BT.709's primaries; the identity for those, and for what is nearly so. */
export function intoBt709(primaries) {
  const from = chromaticities[primaries];
  if (!from || primaries === 'bt709') return colour => colour;
  const matrix = multiply(invert(toXyz(chromaticities.bt709)), toXyz(from));
  const gamma = 2.4; // ITU-R BT.1886: what a viewer sees.
  return colour =>
    apply(
      matrix,
      colour.map(value => (value / 255) ** gamma),
    ).map(value => 255 * Math.min(1, Math.max(0, value)) ** (1 / gamma));
}

/**
 * The mean colour of each region, row by row. Each picture element is converted by itself, as means are not linear, and
 * those beside another region are left out where there are others: they may be a mixture of two colours.
 */
function regions(pixels, { width, height }, convert) {
  const sums = Array.from({ length: across * down }, () => [0, 0, 0, 0]);
  const regionOf = (at, count, length) => Math.floor((at * count) / length);
  const isInner = (at, count, length) =>
    length < 4 * count || (regionOf(at - 1, count, length) === regionOf(at + 1, count, length) && at > 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInner(x, across, width) || !isInner(y, down, height)) continue;
      const sum = sums[regionOf(y, down, height) * across + regionOf(x, across, width)];
      const at = 3 * (y * width + x);
      const colour = convert([pixels[at], pixels[at + 1], pixels[at + 2]]);
      for (let part = 0; part < 3; part++) sum[part] += colour[part];
      sum[3]++;
    }
  }
  return sums.map(sum => sum.slice(0, 3).map(value => value / Math.max(1, sum[3])));
}

/** Where the colours of output and source differ most: the mean over pairs of pictures. */
export function colourDifferences(pairs, size, primaries) {
  const convert = intoBt709(primaries);
  const means = list =>
    list.reduce(
      (sum, found) => sum.map((colour, index) => colour.map((value, part) => value + found[index][part] / list.length)),
      list[0].map(() => [0, 0, 0]),
    );
  const output = means(pairs.map(({ picture }) => regions(picture.pixels, size, colour => colour)));
  const source = means(pairs.map(({ match }) => regions(match.pixels, size, convert)));
  const differences = output.map((colour, index) =>
    Math.max(...colour.map((value, part) => Math.abs(value - source[index][part]))),
  );
  const worst = Math.max(...differences);
  const region = differences.indexOf(worst);
  return {
    worst,
    region: `${(region % across) + 1}, ${Math.floor(region / across) + 1}`,
    output: output[region].map(Math.round).join(' '),
    source: source[region].map(Math.round).join(' '),
  };
}
