// The little of MPEG-TS and H.264 that ffprobe does not tell.

const packetBytes = 188;

/** Whether an access unit in MP4 form (4-byte lengths) holds an IDR slice (NAL unit type 5). */
export function hasIdrInMp4(sample) {
  for (let at = 0; at + 5 <= sample.length;) {
    if ((sample[at + 4] & 0x1f) === 5) return true;
    at += 4 + sample.readUInt32BE(at);
  }
  return false;
}

/** Whether the first access unit of that stream in a part of a transport stream holds an IDR slice. */
export function startsWithIdrInTs(bytes, pid) {
  const payloads = [];
  for (const packet of packets(bytes)) {
    if (packet.pid !== pid || !packet.payload) continue;
    if (packet.starts && payloads.length > 0) break; // The next access unit.
    if (packet.starts || payloads.length > 0) payloads.push(packet.payload);
  }
  const unit = Buffer.concat(payloads);
  for (let at = 0; at + 3 < unit.length; at++) {
    if (unit[at] === 0 && unit[at + 1] === 0 && unit[at + 2] === 1 && (unit[at + 3] & 0x1f) === 5) return true;
  }
  return false;
}

/** Whether an access unit in MP4 form carries captions. */
export function hasCaptionsInMp4(sample) {
  for (let at = 0; at + 5 <= sample.length; at += 4 + sample.readUInt32BE(at)) {
    if (isCaptions(sample.subarray(at + 4, at + 4 + sample.readUInt32BE(at)))) return true;
  }
  return false;
}

/** Whether that stream of a transport stream carries captions. */
export function hasCaptionsInTs(bytes, pid) {
  const stream = Buffer.concat([...packets(bytes)].filter(packet => packet.pid === pid && packet.payload).map(packet => packet.payload));
  for (let at = stream.indexOf(startCode); at >= 0; at = stream.indexOf(startCode, at + 3)) {
    if (isCaptions(stream.subarray(at + 3, at + 512))) return true;
  }
  return false;
}

const startCode = Buffer.from([0, 0, 1]);

/** A NAL unit with an SEI message of ITU-T T.35 whose provider is the ATSC and whose data are captions (ATSC A/53 part 4). */
function isCaptions(unit) {
  if ((unit[0] & 0x1f) !== 6) return false;
  for (let at = 1; at + 2 < unit.length && unit[at] !== 0x80;) {
    let [type, length] = [0, 0];
    while (unit[at] === 0xff) type += unit[at++];
    type += unit[at++];
    while (unit[at] === 0xff) length += unit[at++];
    length += unit[at++];
    if (type === 4 && unit.subarray(at, at + 8).equals(captionsHead)) return true;
    at += length;
  }
  return false;
}

const captionsHead = Buffer.from([0xb5, 0x00, 0x31, ...Buffer.from('GA94'), 0x03]);

/** Where continuity counters do not run on (ISO 13818-1 section 2.4.3.3), as byte offsets. */
export function continuityErrors(bytes) {
  const last = new Map();
  const errors = [];
  for (const packet of packets(bytes)) {
    if (packet.pid === 0x1fff) continue;
    const before = last.get(packet.pid);
    const expected = packet.payload ? (before + 1) & 15 : before;
    if (before !== undefined && packet.counter !== expected) errors.push(packet.at);
    last.set(packet.pid, packet.counter);
  }
  return errors;
}

function* packets(bytes) {
  for (let at = 0; at + packetBytes <= bytes.length; at += packetBytes) {
    if (bytes[at] !== 0x47) throw new Error(`No transport stream packet at byte ${at}.`);
    const control = bytes[at + 3] >> 4 & 3; // Bit 0: payload, bit 1: adaptation field.
    const start = at + 4 + (control & 2 ? 1 + bytes[at + 4] : 0);
    yield {
      at,
      pid: bytes.readUInt16BE(at + 1) & 0x1fff,
      starts: (bytes[at + 1] & 0x40) !== 0,
      counter: bytes[at + 3] & 15,
      payload: control & 1 ? bytes.subarray(start, at + packetBytes) : null,
    };
  }
}
