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
