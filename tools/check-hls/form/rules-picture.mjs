// Rules about what the segments hold: codecs, pictures, sound.

// H.264 table A-1: level x 10, macroblocks per second, macroblocks per frame.
const levels = [[10, 1485, 99], [11, 3000, 396], [12, 6000, 396], [13, 11880, 396], [20, 11880, 396], [21, 19800, 792],
  [22, 20250, 1620], [30, 40500, 1620], [31, 108000, 3600], [32, 216000, 5120], [40, 245760, 8192], [41, 245760, 8192],
  [42, 522240, 8704], [50, 589824, 22080], [51, 983040, 36864], [52, 2073600, 36864]];

/** Seconds between IDRs that rule 1.13 asks for. */
const idrSeconds = 2;

const ratio = text => {
  const [number, by = 1] = String(text).split('/').map(Number);
  return number / by;
};

/** Pictures per second of a track, by its packets: what a container claims may be a guess. */
export function frameRate(track) {
  const times = picturePackets(track).map(packet => packet.pts);
  const span = Math.max(...times) - Math.min(...times);
  return times.length > 1 ? (times.length - 1) / span : ratio(track.video.avg_frame_rate);
}

export const picturePackets = track => track.packets.filter(packet => packet.stream === track.video?.index);
export const pictureTracks = ({ tracks }) => tracks.filter(track => track.video);
export const soundTracks = ({ tracks }) => tracks.filter(track => track.audio.length > 0);

function eachPicture(presentation, verdict, check) {
  const found = pictureTracks(presentation);
  if (found.length === 0) verdict.skip('no pictures');
  for (const track of found) check(track, problem => `${track.name}: ${problem}`);
}

function neededLevel({ video }, rate) {
  const blocks = Math.ceil(video.width / 16) * Math.ceil(video.height / 16);
  return levels.find(([, perSecond, perFrame]) => blocks <= perFrame && blocks * rate <= perSecond)?.[0] ?? Infinity;
}

export default [
  {
    number: '1.2', level: 'MUST', title: 'The picture is H.264, at most High profile, level 5.2',
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) => {
      const { codec_name: codec, profile, level } = track.video;
      verdict.expect(codec === 'h264', say(`codec ${codec}`));
      verdict.expect(/^(High|Main|(Constrained )?Baseline)$/.test(profile), say(`profile ${profile}`));
      verdict.expect(level <= 52, say(`level ${level / 10}`));
    }),
  },
  {
    number: '1.3', level: 'SHOULD', title: 'The profile is High',
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) =>
      verdict.expect(track.video.profile === 'High', say(`profile ${track.video.profile}`))),
  },
  {
    number: '1.4', level: 'SHOULD', title: 'The level is no higher than size and frame rate need',
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) => {
      // One step of tolerance: the bitrate's ceiling, which this does not see, may need it.
      const needed = neededLevel(track, frameRate(track));
      const allowed = levels[Math.min(levels.length - 1, levels.findIndex(([level]) => level === needed) + 1)][0];
      verdict.expect(track.video.level <= allowed, say(`level ${track.video.level / 10}, ${needed / 10} is enough`));
    }),
  },
  {
    number: '1.10', level: 'MUST', title: 'H.264 comes in fMP4 or MPEG-TS',
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) =>
      verdict.expect(track.isTs || (track.init.length > 0 && track.video.codec_tag_string === 'avc1'),
        say(`sample entry ${track.video.codec_tag_string}`))),
  },
  {
    number: '1.13', level: 'SHOULD', title: `A key picture at least every ${idrSeconds} s`,
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) => {
      const all = picturePackets(track);
      const end = Math.max(...all.map(packet => packet.pts)) + 1 / frameRate(track);
      const keys = [...all.filter(packet => packet.isKey).map(packet => packet.pts), end];
      keys.forEach((time, index) => verdict.expect(index === 0 || time - keys[index - 1] <= idrSeconds + 1.5 / frameRate(track),
        say(`${(time - keys[index - 1]).toFixed(3)} s without one before ${time.toFixed(3)} s`)));
    }),
  },
  {
    number: '1.14', level: 'MUST', title: 'The picture is progressive',
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) =>
      verdict.expect(['progressive', undefined, 'unknown'].includes(track.video.field_order), say(track.video.field_order))),
  },
  {
    number: '1.19', level: 'MUST', title: 'At most 60 pictures per second',
    check: (presentation, verdict) => eachPicture(presentation, verdict, (track, say) =>
      verdict.expect(frameRate(track) <= 60.1, say(`${frameRate(track).toFixed(3)}`))),
  },
  {
    number: '1.33', level: 'SHOULD', title: 'The same aspect ratio in all variants',
    check: (presentation, verdict) => {
      const sizes = pictureTracks(presentation).map(({ video }) => video);
      if (sizes.length < 2) verdict.skip('one variant');
      for (const size of sizes) {
        // Sizes are even numbers: a pixel or two of rounding is no other shape.
        const expected = size.width * sizes[0].height / sizes[0].width;
        verdict.expect(Math.abs(size.height - expected) <= 2, `${size.width}x${size.height} and ${sizes[0].width}x${sizes[0].height}`);
      }
    },
  },
  {
    number: '2.3', level: 'MUST', title: 'The sound is AAC-LC in stereo',
    check: (presentation, verdict) => {
      const streams = soundTracks(presentation).flatMap(track => track.audio);
      if (streams.length === 0) verdict.skip('no sound');
      for (const { codec_name: codec, profile, channels } of streams) {
        verdict.expect(codec === 'aac' && profile === 'LC', `${codec} ${profile}`);
        verdict.expect(channels === 2, `${channels} channels`);
      }
    },
  },
  {
    number: '2.17', level: 'MUST', title: 'At most one audio stream in a segment',
    check: ({ tracks }, verdict) => tracks.forEach(track =>
      verdict.expect(track.audio.length <= 1, `${track.name}: ${track.audio.length} audio streams`)),
  },
  {
    number: '9.5', level: 'SHOULD', title: 'Sound is apart from the picture',
    check: (presentation, verdict) => {
      if (soundTracks(presentation).length === 0) return verdict.skip('no sound');
      if (presentation.tracks.some(track => track.isTs)) return verdict.skip('MPEG-TS for old players has it muxed in');
      pictureTracks(presentation).forEach(track => verdict.expect(track.audio.length === 0, `${track.name}: muxed`));
    },
  },
];
