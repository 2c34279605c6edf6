// Rules about time: timestamps, durations, boundaries.
import { continuityErrors } from './bitstream.mjs';
import { frameRate, picturePackets, pictureTracks } from './rules-picture.mjs';

/** One picture, or for sound one AAC frame. */
export const frameSeconds = track => track.video ? 1 / frameRate(track) : 1024 / Number(track.audio[0].sample_rate);

const startOf = (track, part) =>
  Math.min(...part.packets.filter(packet => packet.stream === track.main.index).map(packet => packet.pts));
const mainPackets = track => track.packets.filter(packet => packet.stream === track.main.index);
const endOf = track => Math.max(...mainPackets(track).map(packet => packet.pts + (packet.duration || frameSeconds(track))));

/** Seconds of every segment as its timestamps say: to the start of the next one. */
function measured(track) {
  const starts = track.parts.map(part => startOf(track, part));
  return starts.map((start, index) => (starts[index + 1] ?? endOf(track)) - start);
}

/** Where segments end, in seconds from the first one's start. */
function boundaries(durations) {
  let at = 0;
  return durations.map(duration => { at += duration; return at; });
}

const eachTrack = ({ tracks }, check) => tracks.forEach(track => check(track, problem => `${track.name}: ${problem}`));

export default [
  {
    number: '7.1', level: 'MUST', title: 'Timestamps run on from segment to segment, without gaps',
    check: (presentation, verdict) => eachTrack(presentation, (track, say) => {
      for (const stream of track.streams) {
        const packets = track.packets.filter(packet => packet.stream === stream.index);
        const frame = stream === track.video ? frameSeconds(track) : 1024 / Number(stream.sample_rate);
        packets.slice(1).forEach((packet, index) => {
          const step = packet.dts - packets[index].dts;
          verdict.expect(step > 0 && step < 1.5 * frame + 0.001, say(`${step.toFixed(4)} s on after ${packets[index].dts} s`));
        });
      }
    }),
  },
  {
    number: '7.2', level: 'MUST', title: 'Every segment starts where the one before it ended',
    check: (presentation, verdict) => eachTrack(presentation, (track, say) => {
      // The packets of a segment must lie in its own span: a boundary in the bytes is one in time.
      const starts = track.parts.map(part => startOf(track, part));
      starts.forEach((start, index) => verdict.expect(Number.isFinite(start) && (index === 0 || start > starts[index - 1]),
        say(`segment ${index} starts at ${start}`)));
      track.parts.forEach((part, index) => verdict.expect(part.packets.every(packet => packet.stream !== track.main.index
        || (packet.pts >= starts[index] - 0.001 && packet.pts < (starts[index + 1] ?? Infinity))),
      say(`segment ${index} has packets of another one's time`)));
    }),
  },
  {
    number: '7.3', level: 'MUST', title: 'Continuity counters of a transport stream run on across segments',
    check: ({ tracks }, verdict) => {
      const streams = tracks.filter(track => track.isTs);
      if (streams.length === 0) verdict.skip('no MPEG-TS');
      for (const track of streams) {
        const errors = continuityErrors(track.whole);
        verdict.expect(errors.length === 0, `${track.name}: ${errors.length} jumps, the first at byte ${errors[0]}`);
      }
    },
  },
  {
    number: '7.4', level: 'MUST', title: 'Every video segment starts with an IDR picture',
    check: (presentation, verdict) => pictureTracks(presentation).forEach(track => track.parts.forEach((part, index) =>
      verdict.expect(track.startsWithIdr(part), `${track.name}: segment ${index} does not`))),
  },
  {
    number: '7.5', level: 'SHOULD', title: 'The target duration is about 6 s',
    check: ({ tracks }, verdict) => {
      const longest = Math.max(...tracks.map(track => track.playlist.targetDuration));
      verdict.expect(longest <= 7, `${longest} s`);
    },
  },
  {
    number: '7.7', level: 'MUST', title: 'No segment is longer than the target duration and half a second',
    check: (presentation, verdict) => eachTrack(presentation, (track, say) => measured(track).forEach((seconds, index) =>
      verdict.expect(seconds <= track.playlist.targetDuration + 0.5, say(`segment ${index} lasts ${seconds.toFixed(3)} s`)))),
  },
  {
    number: '8.1', level: 'MUST', title: 'EXTINF is what the segments last, within one frame, and so is their sum',
    check: (presentation, verdict) => eachTrack(presentation, (track, say) => {
      const frame = frameSeconds(track) + 0.001;
      measured(track).forEach((seconds, index) => verdict.expect(Math.abs(seconds - track.parts[index].duration) <= frame,
        say(`segment ${index} lasts ${seconds.toFixed(4)} s, EXTINF is ${track.parts[index].duration}`)));
      const sum = measured(track).reduce((a, b) => a + b, 0);
      verdict.expect(Math.abs(sum - track.playlist.seconds) <= frame,
        say(`all last ${sum.toFixed(4)} s, the sum is ${track.playlist.seconds.toFixed(4)} s`));
    }),
  },
  {
    number: '8.2', level: 'MUST', title: 'The same target duration in every playlist',
    check: ({ tracks, master }, verdict) => {
      const all = [...tracks.map(track => track.playlist), ...master.iframes.map(entry => entry.playlist)];
      const found = [...new Set(all.map(playlist => playlist.targetDuration))];
      verdict.expect(found.length === 1, found.join(', '));
    },
  },
  {
    number: '8.3', level: 'MUST', title: 'The same duration in every rendition',
    check: ({ tracks, master }, verdict) => {
      const [first] = tracks;
      for (const track of tracks) {
        const difference = Math.abs(track.playlist.seconds - first.playlist.seconds);
        // Sound ends where the source's sound ends: up to half a second is common, and players bear it.
        verdict.expect(difference <= (track.video ? frameSeconds(track) : 0.5) + 0.001,
          `${track.name}: ${track.playlist.seconds.toFixed(3)} s, ${first.name}: ${first.playlist.seconds.toFixed(3)} s`);
      }
      for (const { playlist, url } of master.iframes) {
        verdict.expect(Math.abs(playlist.seconds - first.playlist.seconds) <= frameSeconds(first) + 0.001,
          `${url}: ${playlist.seconds.toFixed(3)} s of I-frames`);
      }
    },
  },
  {
    number: '8.7', level: 'MUST', title: 'The same segment boundaries in every picture rendition',
    check: (presentation, verdict) => {
      const [first, ...others] = pictureTracks(presentation);
      if (!others?.length) return verdict.skip('one variant');
      const [ends, expected] = [boundaries(measured(first)), picturePackets(first).length > 0 && first.parts.length];
      for (const track of others) {
        verdict.expect(track.parts.length === expected, `${track.name}: ${track.parts.length} segments, ${first.name}: ${expected}`);
        boundaries(measured(track)).forEach((end, index) => verdict.expect(Math.abs(end - ends[index]) < frameSeconds(track) / 2,
          `${track.name}: segment ${index} ends at ${end.toFixed(3)} s, of ${first.name} at ${ends[index]?.toFixed(3)} s`));
      }
    },
  },
  {
    number: '8.22', level: 'SHOULD', title: 'Sound segments end with the picture segments, within a sound frame',
    check: (presentation, verdict) => {
      const [first] = pictureTracks(presentation);
      const sounds = presentation.tracks.filter(track => !track.video);
      if (!first || sounds.length === 0) return verdict.skip('no sound of its own');
      const ends = boundaries(first.parts.map(part => part.duration));
      for (const track of sounds) {
        verdict.expect(track.parts.length === first.parts.length, `${track.name}: ${track.parts.length} segments`);
        // The last one ends where the sound ends (rule 8.3).
        boundaries(track.parts.map(part => part.duration)).slice(0, -1).forEach((end, index) =>
          verdict.expect(Math.abs(end - ends[index]) <= frameSeconds(track) + 0.001,
            `${track.name}: segment ${index} ends at ${end.toFixed(3)} s, the picture's at ${ends[index]?.toFixed(3)} s`));
      }
    },
  },
];
