// Writes edit lists into MP4 and MOV files whose index comes last (ISO 14496-12 section 8.6.6).

/** The boxes of a part of a file. */
function* boxes(bytes, from, to) {
  for (let at = from; at + 8 <= to; at += bytes.readUInt32BE(at)) {
    yield { at, end: at + bytes.readUInt32BE(at), type: bytes.toString('latin1', at + 4, at + 8) };
  }
}

const child = (bytes, parent, type) => [...boxes(bytes, parent.at + 8, parent.end)].find(box => box.type === type);

/** All tracks show that part only: from `start` on, for `seconds`. */
export function trimmed(bytes, start, seconds) {
  let result = bytes;
  const tracks = () => {
    const moov = [...boxes(result, 0, result.length)].find(box => box.type === 'moov');
    return { moov, all: [...boxes(result, moov.at + 8, moov.end)].filter(box => box.type === 'trak') };
  };
  for (let index = 0; index < tracks().all.length; index++) {
    const { moov, all } = tracks();
    const track = all[index];
    const movieScale = result.readUInt32BE(child(result, moov, 'mvhd').at + 20);
    const mediaScale = result.readUInt32BE(child(result, child(result, track, 'mdia'), 'mdhd').at + 20);
    const list = Buffer.alloc(36);
    list.writeUInt32BE(36, 0);
    list.write('edts', 4);
    list.writeUInt32BE(28, 8);
    list.write('elst', 12);
    list.writeUInt32BE(1, 20);
    list.writeUInt32BE(Math.round(seconds * movieScale), 24);
    list.writeUInt32BE(Math.round(start * mediaScale), 28);
    list.writeUInt32BE(0x10000, 32); // Rate 1.
    const old = child(result, track, 'edts') ?? {
      at: child(result, track, 'tkhd').end,
      end: child(result, track, 'tkhd').end,
    };
    const grown = list.length - (old.end - old.at);
    result = Buffer.concat([result.subarray(0, old.at), list, result.subarray(old.end)]);
    for (const box of [track, moov]) result.writeUInt32BE(result.readUInt32BE(box.at) + grown, box.at);
  }
  return result;
}
