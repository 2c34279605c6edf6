// Damages files as networks, disks and programs do. Pure, and the same for the same seed.

/**
 * Blocks that a file of a container is made of, as far as swapping and repeating them is concerned: `[from, to]` pairs.
 */
const blocksOf = {
  mp4: bytes => mp4Boxes(bytes, 0, bytes.length),
  ts: bytes => everyBytes(bytes, 188),
  mkv: bytes => between(bytes, Buffer.from([0xa3])), // SimpleBlock.
  avi: bytes => between(bytes, Buffer.from('00dc'), Buffer.from('01wb')),
  ogg: bytes => between(bytes, Buffer.from('OggS')),
  flv: bytes => everyBytes(bytes, 512),
};

/** The boxes of the file, and those within its index: any two that stand in one list may be swapped. */
function mp4Boxes(bytes, from, to) {
  const found = [];
  for (let at = from; at + 8 <= to;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > to) break;
    found.push([at, at + size]);
    if (['moov', 'trak', 'mdia', 'minf', 'stbl'].includes(bytes.toString('latin1', at + 4, at + 8)))
      found.push(...mp4Boxes(bytes, at + 8, at + size));
    at += size;
  }
  return found;
}

function everyBytes(bytes, size) {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => [index * size, (index + 1) * size]);
}

function between(bytes, ...marks) {
  const starts = marks
    .flatMap(mark => {
      const found = [];
      for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) found.push(at);
      return found;
    })
    .sort((a, b) => a - b);
  return starts.slice(1).map((end, index) => [starts[index], end]);
}

/** The kinds of damage: `(bytes, random, container)` to the damaged bytes. `random(n)` is a whole number below n. */
export const kinds = {
  'bit flips': (bytes, random) => {
    const out = Buffer.from(bytes);
    for (let flips = 1 + random(40); flips > 0; flips--) out[random(out.length)] ^= 1 << random(8);
    return out;
  },
  'bit flips in the first bytes': (bytes, random) => {
    const out = Buffer.from(bytes);
    for (let flips = 1 + random(8); flips > 0; flips--) out[random(Math.min(out.length, 1500))] ^= 1 << random(8);
    return out;
  },
  'cut off': (bytes, random) => bytes.subarray(0, 1 + random(bytes.length)),
  'a hole': (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      bytes.subarray(Math.min(bytes.length, at + 1 + random(bytes.length >> 2))),
    ]);
  },
  'blocks swapped': (bytes, random, container) => {
    const blocks = blocksOf[container](bytes);
    const [[a, b], [c, d]] = [blocks[random(blocks.length)], blocks[random(blocks.length)]].sort((x, y) => x[0] - y[0]);
    if (c < b) return reversedBlocks(bytes, blocks, random); // One lies within the other.
    return Buffer.concat([
      bytes.subarray(0, a),
      bytes.subarray(c, d),
      bytes.subarray(b, c),
      bytes.subarray(a, b),
      bytes.subarray(d),
    ]);
  },
  'blocks repeated': (bytes, random, container) => {
    const blocks = blocksOf[container](bytes);
    let out = bytes;
    for (let times = 1 + random(4); times > 0; times--) {
      const [from, to] = blocks[random(blocks.length)];
      out = Buffer.concat([out.subarray(0, to), bytes.subarray(from, to), out.subarray(to)]);
    }
    return out;
  },
  'blocks removed': (bytes, random, container) => {
    const blocks = blocksOf[container](bytes);
    const gone = new Set(Array.from({ length: 1 + random(4) }, () => random(blocks.length)));
    let [out, at] = [[], 0];
    for (const [from, to] of [...gone].sort((a, b) => a - b).map(index => blocks[index])) {
      if (from < at) continue;
      out.push(bytes.subarray(at, from));
      at = to;
    }
    return Buffer.concat([...out, bytes.subarray(at)]);
  },
};

function reversedBlocks(bytes, blocks, random) {
  const [from, to] = blocks[random(blocks.length)];
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(bytes.subarray(from, to)).reverse(), bytes.subarray(to)]);
}

/**
 * Damaged files, one after the other through all containers and kinds.
 * @param {{ container: string, bytes: Buffer }[]} sources
 * @param {number} count
 * @param {() => number} draw seeded numbers from 0 to 1
 */
export function mutants(sources, count, draw) {
  const random = below => Math.floor(draw() * below);
  const names = Object.keys(kinds);
  return Array.from({ length: count }, (_, index) => {
    const { container, bytes } = sources[index % sources.length];
    const kind = names[Math.floor(index / sources.length) % names.length];
    return { name: `${index}.${container}`, container, kind, bytes: kinds[kind](bytes, random, container) };
  });
}
