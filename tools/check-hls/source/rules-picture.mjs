// Rules of comparison: pictures.
import { standingAt, unlikeness } from './align.mjs';
import { colourDifferences } from './colour.mjs';
import { turned } from './turn.mjs';
import { tolerance, watch } from './watch.mjs';

const eachRendition = ({ renditions }, check) =>
  renditions.forEach(rendition => check(rendition, problem => `${rendition.track.name}: ${problem}`));
const at = seconds => `${seconds.toFixed(2)} s`;

/** The share of looked-at pictures that may be wrong: those beside a cut, where a frame decides. */
const wrongShare = 0.02;

/** dB of luma, the median of several pictures. */
const leastPsnr = 26;

/** Of 255, the mean over a region. */
const mostColour = 10;

export default [
  {
    number: 'source.begin',
    level: 'MUST',
    title: 'The first picture is the first of the source',
    check: (comparison, verdict) =>
      eachRendition(comparison, (rendition, say) => {
        const [look] = watch(rendition, comparison).looks;
        verdict.expect(look.isRight, say(`shows the source's picture of ${at(look.bestTime)}`));
      }),
  },
  {
    number: 'source.end',
    level: 'MUST',
    title: 'The last picture is the last of the source',
    check: (comparison, verdict) =>
      eachRendition(comparison, (rendition, say) => {
        const look = watch(rendition, comparison).looks.at(-1);
        const last = comparison.source.pictures.at(-1);
        const around = tolerance(rendition, comparison.source);
        const found = comparison.source.pictures
          .filter(({ time }) => time >= last.time - around)
          .reduce((least, { pixels }) => Math.min(least, unlikeness(look.picture.pixels, pixels)), Infinity);
        verdict.expect(
          found <= 2 * look.best + 3,
          say(`shows the source's picture of ${at(look.bestTime)}, the last is of ${at(last.time)}`),
        );
      }),
  },
  {
    number: 'source.picture',
    level: 'MUST',
    title: "At every time stands the source's picture of that time, in its own shape",
    check: (comparison, verdict) =>
      eachRendition(comparison, (rendition, say) => {
        const { looks } = watch(rendition, comparison);
        const wrong = looks.filter(look => !look.isRight);
        verdict.measure(rendition.track.name, { wrongPictures: wrong.length, looks: looks.length });
        if (wrong.length <= wrongShare * looks.length) return;
        const [first] = wrong;
        verdict.expect(
          false,
          say(
            `${wrong.length} of ${looks.length} pictures are others, first at ${at(first.time)}, which shows ${
              first.best > 12 ? 'none of the source' : `that of ${at(first.bestTime)}`
            }`,
          ),
        );
      }),
  },
  {
    number: 'source.order',
    level: 'MUST',
    title: 'Pictures never go back',
    check: (comparison, verdict) =>
      eachRendition(comparison, (rendition, say) => {
        // Only what can be told from others: a picture that fits its own time counts for that.
        const times = watch(rendition, comparison).looks.map(look => ({
          time: look.time,
          of: look.isTimed ? look.time : look.bestTime,
        }));
        times
          .slice(1)
          .forEach((look, index) =>
            verdict.expect(
              look.of >= times[index].of - 0.25,
              say(
                `at ${at(look.time)} the source's picture of ${at(look.of)}, before it that of ${at(times[index].of)}`,
              ),
            ),
          );
      }),
  },
  {
    number: 'source.turn',
    level: 'MUST',
    title: "The picture is upright, as the source's display matrix says",
    check: (comparison, verdict) =>
      eachRendition(comparison, (rendition, say) => {
        const costs = new Map();
        const looks = watch(rendition, comparison).looks.filter((_, index) => index % 12 === 0);
        for (const { picture, match } of looks) {
          for (const { name, pixels } of turned({ ...comparison.size, pixels: match.pixels })) {
            costs.set(name, (costs.get(name) ?? 0) + unlikeness(picture.pixels, pixels) / looks.length);
          }
        }
        const upright = costs.get('as it is');
        const [name, least] = [...costs].reduce((a, b) => (b[1] < a[1] ? b : a));
        verdict.expect(upright <= 5 || least > 0.6 * upright, say(`looks ${name}`));
      }),
  },
  {
    number: 'source.shape',
    level: 'MUST',
    title: "The shape is the source's as shown, within two pixels",
    check: (comparison, verdict) => {
      const { width, height } = shownSize(comparison.facts.video);
      if (comparison.source.sizes > 1) return verdict.skip('the source changes its size on the way');
      return eachRendition(comparison, ({ video }, say) => {
        const fitting = Math.min(
          Math.abs((video.width * height) / width - video.height),
          Math.abs((video.height * width) / height - video.width),
        );
        verdict.expect(fitting <= 2, say(`${video.width}x${video.height}, the source is shown ${width}x${height}`));
      });
    },
  },
  {
    number: 'source.colour',
    level: 'MUST',
    title: `Regions have the source's colour, within ${mostColour} of 255`,
    check: (comparison, verdict) => {
      if (comparison.facts.video.isHdr) return verdict.skip('HDR is mapped to SDR, and looks different');
      return eachRendition(comparison, (rendition, say) => {
        const pairs = watch(rendition, comparison).looks.filter(look => look.isTimed);
        if (pairs.length === 0) return;
        const { worst, source, output, region } = colourDifferences(
          pairs,
          comparison.size,
          comparison.facts.video.primaries,
        );
        verdict.measure(rendition.track.name, { colour: worst });
        verdict.expect(worst <= mostColour, say(`${output} for ${source} in the region ${region}`));
      });
    },
  },
  {
    number: 'source.still',
    level: 'MUST',
    title: `Single pictures are like the source's: ${leastPsnr} dB of PSNR (luma) or more, the median`,
    check: (comparison, verdict) => {
      if (comparison.facts.video.isHdr) return verdict.skip('HDR is mapped to SDR, and looks different');
      if (comparison.facts.video.primaries === 'bt2020') return verdict.skip('converted primaries have another luma');
      return eachRendition(comparison, (rendition, say) => {
        const values = rendition.stills.map(still => still.psnr).sort((a, b) => a - b);
        if (values.length === 0) return;
        const median = values[values.length >> 1];
        verdict.measure(rendition.track.name, { psnr: median });
        verdict.expect(median >= leastPsnr, say(`${median.toFixed(1)} dB`));
      });
    },
  },
  {
    number: 'source.combs',
    level: 'MUST',
    title: 'No combs of interlaced fields are left in progressive pictures',
    check: (comparison, verdict) =>
      eachRendition(comparison, (rendition, say) => {
        verdict.measure(rendition.track.name, { combs: rendition.combs });
        verdict.expect(rendition.combs <= 0.1, say(`${Math.round(100 * rendition.combs)} % of the pictures are woven`));
      }),
  },
  {
    number: 'source.bytes',
    level: 'MUST',
    title: 'A rendition of the size of an H.264 source has at most twice its bytes',
    check: (comparison, verdict) => {
      const { codec, bytes, ...video } = comparison.facts.video;
      if (codec !== 'h264') return verdict.skip('the source is not H.264');
      const shown = shownSize(video);
      return eachRendition(comparison, ({ track, video: own }, say) => {
        if (own.width * own.height < 0.95 * shown.width * shown.height) return;
        const sum = track.packets
          .filter(packet => packet.stream === track.video.index)
          .reduce((all, { size }) => all + size, 0);
        verdict.measure(track.name, { bytes: sum, sourceBytes: bytes });
        // A few kilobytes are headers and the keyframes that every segment needs.
        verdict.expect(sum <= 2 * bytes + 100_000, say(`${sum} bytes, the source has ${bytes}`));
      });
    },
  },
  {
    number: 'source.poster',
    level: 'MUST',
    title: 'The poster is the first picture, upright',
    check: ({ poster, source, size }, verdict) => {
      if (!poster) return verdict.skip('no poster.jpg beside the playlist');
      if (!poster.pixels) return verdict.expect(false, 'cannot be decoded');
      const found = unlikeness(poster.pixels, source.pictures[0].pixels);
      const ways = turned({ ...size, pixels: source.pictures[0].pixels }).map(way => ({
        ...way,
        cost: unlikeness(poster.pixels, way.pixels),
      }));
      const nearest = ways.reduce((a, b) => (b.cost < a.cost ? b : a));
      return verdict.expect(
        found <= 14 || (found <= 25 && nearest.cost > 0.7 * found),
        `looks ${nearest.cost < 0.7 * found ? nearest.name : 'like another picture'}`,
      );
    },
  },
  {
    number: 'source.storyboard',
    level: 'MUST',
    title: 'Every picture of the storyboard is of its own time',
    check: ({ storyboard, source }, verdict) => {
      if (!storyboard) return verdict.skip('no storyboard.vtt beside the playlist');
      verdict.expect(storyboard.length > 0, 'has no pictures');
      return storyboard.forEach(({ from, to, pixels }) => {
        if (!pixels) return verdict.expect(false, `${at(from)}: no picture`);
        // A keyframe before the time will do; after the source's last picture that one stands.
        const least = (first, last) =>
          source.pictures
            .slice(standingAt(source.pictures, first), standingAt(source.pictures, last) + 1)
            .reduce((cost, picture) => Math.min(cost, unlikeness(pixels, picture.pixels)), Infinity);
        const [near, any] = [least(Math.min(from, source.pictures.at(-1).time) - 2.1, to + 0.1), least(0, source.end)];
        return verdict.expect(near <= 10 || near <= 1.5 * any + 2, `${at(from)}: of another time`);
      });
    },
  },
];

/** The size that a source is to be shown in: turned, in square pixels. */
function shownSize({ width, height, sar = 1, turn }) {
  const [w, h] = [width * sar, height];
  return turn?.filters.some(filter => filter.startsWith('transpose'))
    ? { width: h, height: w }
    : { width: w, height: h };
}
