// Rules about what the playlists say.
import { frameRate, picturePackets, pictureTracks, soundTracks } from './rules-picture.mjs';

const within = (value, stated, share) => Math.abs(value - stated) <= share * stated;
const entryName = entry => new URL(entry.url).pathname.split('/').slice(-2).join('/');

/** The renditions that a variant's AUDIO attribute names, and that are apart from it. */
const soundsOf = (variant, master) => master.media
  .filter(media => media.track && media.attributes.TYPE === 'AUDIO' && media.attributes['GROUP-ID'] === variant.attributes.AUDIO)
  .map(media => media.track);

/** Peak and average of a variant: its own, and the largest of its sounds. */
function ratesOf(variant, master) {
  const sounds = soundsOf(variant, master);
  const largest = name => Math.max(0, ...sounds.map(track => track[name]));
  return { peak: variant.track.peak + largest('peak'), average: variant.track.average + largest('average') };
}

/** `avc1.PPCCLL` as the init section or the stream has it. */
function expectedVideoCodec({ video }) {
  const profile = { High: 100, Main: 77, Baseline: 66, 'Constrained Baseline': 66 }[video.profile];
  return new RegExp(`^avc1\\.${profile?.toString(16).padStart(2, '0')}[0-9a-f]{2}${video.level.toString(16).padStart(2, '0')}$`, 'i');
}

const eachVariant = ({ master }, check) => master.variants.filter(variant => variant.track).forEach(variant => check(variant, text => `${entryName(variant)}: ${text}`));
const allPlaylists = ({ tracks, unreadable, master }) => [
  ...[...tracks, ...unreadable].map(track => ({ name: track.name, playlist: track.playlist })),
  ...master.iframes.map(entry => ({ name: entryName(entry), playlist: entry.playlist })),
];

export default [
  {
    number: '1.26', level: 'MUST', title: 'The measured average is within 10 % of AVERAGE-BANDWIDTH',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const { average } = ratesOf(variant, presentation.master);
      const stated = Number(variant.attributes['AVERAGE-BANDWIDTH']);
      verdict.expect(within(average, stated, 0.1), say(`measured ${Math.round(average)}, stated ${stated}`));
    }),
  },
  {
    number: '1.27', level: 'MUST', title: 'The measured peak is within 10 % of BANDWIDTH',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const { peak } = ratesOf(variant, presentation.master);
      const stated = Number(variant.attributes.BANDWIDTH);
      verdict.expect(within(peak, stated, 0.1), say(`measured ${Math.round(peak)}, stated ${stated}`));
    }),
  },
  {
    number: '9.13', level: 'MUST', title: 'BANDWIDTH covers the largest sum of peaks of picture and sound',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const { peak } = ratesOf(variant, presentation.master);
      const stated = Number(variant.attributes.BANDWIDTH);
      // Half a per cent for the rounding of EXTINF.
      verdict.expect(stated >= peak * 0.995, say(`measured ${Math.round(peak)}, stated ${stated}`));
    }),
  },
  {
    number: '1.30', level: 'SHOULD', title: 'The peak is at most twice the average',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const { peak, average } = ratesOf(variant, presentation.master);
      verdict.expect(peak <= 2 * average, say(`${(peak / average).toFixed(2)} times`));
    }),
  },
  {
    number: '1.32', level: 'SHOULD', title: 'The variant nearest 2 Mbps comes first, and none of 720 lines or more before a smaller one',
    check: ({ master }, verdict) => {
      if (master.variants.length < 2) return verdict.skip('one variant');
      const shortSide = variant => Math.min(...String(variant.attributes.RESOLUTION).split('x').map(Number));
      const small = master.variants.filter(variant => shortSide(variant) < 720);
      const distance = variant => Math.abs(Math.log(Number(variant.attributes.BANDWIDTH) / 2_000_000));
      const best = (small.length > 0 ? small : master.variants).reduce((a, b) => distance(b) < distance(a) ? b : a);
      verdict.expect(best === master.variants[0], `${entryName(master.variants[0])} is first, ${entryName(best)} is nearer`);
    },
  },
  {
    number: '6.1', level: 'MUST', title: 'I-frame playlists hold byte ranges of every key picture, and nothing else',
    check: (presentation, verdict) => {
      verdict.expect(presentation.master.iframes.length > 0, 'there is none');
      for (const entry of presentation.master.iframes) checkIFrames(entry, presentation, verdict);
    },
  },
  {
    number: '6.8', level: 'MUST', title: 'I-frame playlists say EXT-X-I-FRAMES-ONLY',
    check: ({ master }, verdict) => master.iframes.forEach(entry =>
      verdict.expect(entry.playlist.tags.has('EXT-X-I-FRAMES-ONLY'), entryName(entry))),
  },
  {
    number: '8.6', level: 'MUST', title: 'EXT-X-PLAYLIST-TYPE:VOD and EXT-X-ENDLIST',
    check: (presentation, verdict) => allPlaylists(presentation).forEach(({ name, playlist }) => {
      verdict.expect(playlist.tags.get('EXT-X-PLAYLIST-TYPE') === 'VOD', `${name}: playlist type`);
      verdict.expect(playlist.tags.has('EXT-X-ENDLIST'), `${name}: no EXT-X-ENDLIST`);
    }),
  },
  {
    number: '8.10', level: 'MUST', title: 'LANGUAGE on EXT-X-MEDIA',
    check: ({ master }, verdict) => {
      if (master.media.length === 0) verdict.skip('no EXT-X-MEDIA');
      master.media.forEach(media => verdict.expect(media.attributes.LANGUAGE, `${media.attributes.NAME}: missing`));
    },
  },
  {
    number: '8.20', level: 'MUST', title: 'EXT-X-MAP for fMP4',
    check: (presentation, verdict) => {
      const mp4 = allPlaylists(presentation).filter(({ playlist }) => playlist.segments.some(each => !/\.ts$/.test(each.url)));
      if (mp4.length === 0) verdict.skip('no fMP4');
      mp4.forEach(({ name, playlist }) => verdict.expect(playlist.mapUrl, `${name}: missing`));
    },
  },
  {
    number: '9.1', level: 'MUST', title: 'CODECS on every variant, as the segments have them',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const codecs = (variant.attributes.CODECS ?? '').split(',').filter(Boolean);
      const { track } = variant;
      if (codecs.length === 0) return verdict.expect(false, say('missing'));
      if (track.video) verdict.expect(codecs.some(codec => expectedVideoCodec(track).test(codec)), say(`${codecs}: another picture`));
      const hasSound = track.audio.length > 0 || soundsOf(variant, presentation.master).length > 0;
      verdict.expect(codecs.includes('mp4a.40.2') === hasSound, say(`${codecs}: ${hasSound ? 'has' : 'has no'} AAC-LC sound`));
    }),
  },
  {
    number: '9.2', level: 'MUST', title: 'RESOLUTION on every variant with pictures, as measured',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const { video } = variant.track;
      const stated = variant.attributes.RESOLUTION;
      if (video) verdict.expect(stated === `${video.width}x${video.height}`, say(`${stated}, measured ${video.width}x${video.height}`));
    }),
  },
  {
    number: '9.3', level: 'MUST', title: 'An EXT-X-I-FRAME-STREAM-INF for every picture rendition',
    check: (presentation, verdict) => verdict.expect(
      presentation.master.iframes.length === pictureTracks(presentation).length, `${presentation.master.iframes.length} found`),
  },
  {
    number: '9.4', level: 'MUST', title: 'EXT-X-I-FRAME-STREAM-INF has CODECS, RESOLUTION and BANDWIDTH',
    check: ({ master }, verdict) => master.iframes.forEach(entry => {
      for (const name of ['CODECS', 'RESOLUTION', 'BANDWIDTH']) {
        verdict.expect(entry.attributes[name], `${entryName(entry)}: no ${name}`);
      }
    }),
  },
  {
    number: '9.11', level: 'MUST', title: 'EXT-X-INDEPENDENT-SEGMENTS',
    check: ({ master }, verdict) => verdict.expect(master.tags.has('EXT-X-INDEPENDENT-SEGMENTS'), 'missing in the master playlist'),
  },
  {
    number: '9.14', level: 'MUST', title: 'AVERAGE-BANDWIDTH on every variant',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) =>
      verdict.expect(Number(variant.attributes['AVERAGE-BANDWIDTH']) > 0, say('missing'))),
  },
  {
    number: '9.15', level: 'MUST', title: 'FRAME-RATE on every variant with pictures, as measured',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      if (!variant.track.video) return;
      const stated = Number(variant.attributes['FRAME-RATE']);
      verdict.expect(Math.abs(stated - frameRate(variant.track)) <= 0.02 * stated,
        say(`${variant.attributes['FRAME-RATE']}, measured ${frameRate(variant.track).toFixed(3)}`));
    }),
  },
  {
    number: 'RFC 4.3.3.1', level: 'MUST', title: 'Every EXTINF, rounded, is at most the target duration',
    check: (presentation, verdict) => allPlaylists(presentation).forEach(({ name, playlist }) => {
      verdict.expect(Number.isInteger(playlist.targetDuration), `${name}: no target duration`);
      playlist.segments.forEach((segment, index) => verdict.expect(Math.round(segment.duration) <= playlist.targetDuration,
        `${name}: segment ${index} has ${segment.duration}, the target is ${playlist.targetDuration}`));
    }),
  },
  {
    number: 'RFC 4.3.4.2', level: 'MUST', title: 'AUDIO names a group that exists, and sound apart is named',
    check: (presentation, verdict) => {
      if (soundTracks(presentation).length === 0) verdict.skip('no sound');
      eachVariant(presentation, (variant, say) => {
        const group = variant.attributes.AUDIO;
        const groups = presentation.master.media.filter(media => media.attributes.TYPE === 'AUDIO').map(media => media.attributes['GROUP-ID']);
        verdict.expect(group ? groups.includes(group) : groups.length === 0, say(`AUDIO is ${group ?? 'missing'}`));
      });
    },
  },
  {
    number: 'RFC 4.3.4.2 CC', level: 'MUST', title: 'Captions in the segments are named by CLOSED-CAPTIONS',
    check: (presentation, verdict) => eachVariant(presentation, (variant, say) => {
      const named = variant.attributes['CLOSED-CAPTIONS'];
      const isNamed = named && named !== 'NONE';
      if (variant.track.video) verdict.expect(isNamed || !variant.track.hasCaptions(), say(`has some, CLOSED-CAPTIONS is ${named ?? 'missing'}`));
    }),
  },
];

function checkIFrames(entry, presentation, verdict) {
  const name = entryName(entry);
  const parts = presentation.tracks.flatMap(track => track.parts.map(part => ({ track, part })));
  let covered = 0;
  entry.playlist.segments.forEach((segment, index) => {
    const found = parts.find(({ part }) => part.url === segment.url);
    if (!found || !segment.range) return verdict.expect(false, `${name}: entry ${index} is no byte range of a known segment`);
    const { length, offset } = segment.range;
    verdict.expect(offset + length <= found.part.body.length, `${name}: entry ${index} ends outside its segment`);
    const inside = found.part.packets.filter(packet => packet.stream === found.track.video?.index
      && packet.pos - found.part.start >= offset && packet.pos - found.part.start < offset + length);
    const whole = inside[0] && (found.track.isTs || inside[0].pos + inside[0].size <= found.part.start + offset + length);
    verdict.expect(inside.length === 1 && inside[0].isKey && whole, `${name}: entry ${index} is not one whole key picture`);
    covered += inside.filter(packet => packet.isKey).length;
  });
  const track = parts.find(({ part }) => part.url === entry.playlist.segments[0]?.url)?.track;
  const all = track ? picturePackets(track).filter(packet => packet.isKey).length : NaN;
  verdict.expect(covered === all, `${name}: ${covered} key pictures of ${all}`);
}
