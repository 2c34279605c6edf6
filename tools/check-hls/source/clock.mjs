// What the packets of a source say of its clock: when it ends, and whether its times can be believed.

/** Seconds that times of one stream may go back by rounding. */
const mostBack = 0.1;

/** As many packets that go back are a recording that was joined on, fewer a misplaced block. */
const fewest = 3;

/**
 * @param {{ stream: number, pts: number, dts: number, duration: number, isShown: boolean }[]} packets of the streams that
 *   are watched, in the order of the file; times in seconds
 * @returns {{ seconds: number, isOutOfOrder: boolean }} from the first packet to the end of the last; and whether some
 *   stand in another place than their time says, so that FFmpeg takes them for a jump of the clock
 */
export function clockOf(packets) {
  const shown = packets.filter(({ isShown, pts }) => isShown && Number.isFinite(pts));
  const begin = shown.reduce((least, { pts }) => Math.min(least, pts), Infinity);
  const end = shown.reduce((most, { pts, duration }) => Math.max(most, pts + duration), -Infinity);
  const streams = [...new Set(packets.map(({ stream }) => stream))];
  return {
    seconds: shown.length > 0 ? end - begin : 0,
    isOutOfOrder: streams.some(stream => hasMisplaced(packets.filter(packet => packet.stream === stream))),
  };
}

function hasMisplaced(packets) {
  let [high, back] = [-Infinity, 0];
  for (const time of packets.map(({ dts, pts }) => dts ?? pts).filter(Number.isFinite)) {
    if (time < high - mostBack) {
      back++;
      continue;
    }
    if (back > 0 && back < fewest) return true;
    [high, back] = [Math.max(high, time), 0];
  }
  return false;
}
