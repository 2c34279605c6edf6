// Decodes a file as a player would show it, small: every picture with its time, and the level and the spectrum of its
// sound.
import { blocks, guarded, run } from './ffmpeg.mjs';
import { soundCollector, soundRate } from './sound.mjs';

/** The longer side of the small pictures, in pixels. */
const longSide = 32;

/** More pictures than this are thinned out, evenly in time: two minutes at 60 per second. */
const mostPictures = 7200;

/** The size of small pictures for films of that shape. */
export function smallSize({ width, height }) {
  const factor = longSide / Math.max(width, height);
  return { width: Math.max(2, Math.round(width * factor)), height: Math.max(2, Math.round(height * factor)) };
}

/**
 * Filters that show any picture in a size: turned, in its own shape with black beside it, as RGB in full range.
 * @param {{ width: number, height: number }} size
 * @param {{ turn?: object, matrix: string }} video
 */
export function showIn({ width, height }, { turn, matrix }, flags) {
  // What lacks two pixels or less fills it: sides are even, and half a pixel beside is much for text.
  const fitted = (side, length) => `if(gte(${length},${side - Math.min(2, side / 100)}),${side},max(1,round(${length})))`;
  const [w, h] = [fitted(width, `${height}*iw*sar/ih`), fitted(height, `${width}*ih/(iw*sar)`)];
  return [
    ...(turn?.filters ?? []),
    `scale=w='${w}':h='${h}':flags=${flags}+accurate_rnd+full_chroma_int+full_chroma_inp:in_color_matrix=${matrix}`,
    'format=rgb24',
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black`,
    'setsar=1',
  ];
}

/**
 * Decodes pictures and sound in one run, so that both are on one clock.
 * @param {object} input `{ file, video, audio, options }`: `facts.mjs` describes the streams; either may be null
 * @param {{ width: number, height: number }} size of the small pictures
 * @param {number} seconds about how long it is, to thin out long films
 * @returns {Promise<{ pictures: object[], sound: object | null, sizes: number, layouts: number, combs: number }>}
 *   `pictures` have a `time` in seconds and `pixels`; `sizes` is how many sizes they came in, `layouts` how many
 *   layouts of channels the sound has, `combs` the share that looks woven of two fields
 */
export async function show({ file, video, audio, options = [] }, size, seconds) {
  const outputs = [];
  const args = [];
  const pictures = [];
  if (video) {
    const step = seconds > mostPictures / 60 ? seconds / mostPictures : 0;
    args.push(
      '-map',
      `0:${video.index}`,
      '-fps_mode',
      'passthrough',
      '-vf',
      [
        'idet=intl_thres=1.5:prog_thres=1.5',
        ...(step > 0 ? [`select='isnan(prev_selected_t)+gte(t-prev_selected_t,${step.toFixed(4)})'`] : []),
        'showinfo=checksum=0',
        ...showIn(size, video, 'area'),
      ].join(','),
      '-f',
      'rawvideo',
      `pipe:${3 + outputs.length}`,
    );
    outputs.push(blocks(size.width * size.height * 3, bytes => pictures.push({ pixels: Buffer.from(bytes) })));
  }
  // Eight channels keep those of every known layout apart; what has no layout comes as it is.
  const collector = audio && soundCollector(audio.layout ? 8 : audio.channels);
  if (audio) {
    args.push(
      '-map',
      `0:${audio.index}`,
      '-af',
      `ashowinfo@source,aresample=${soundRate}${audio.layout ? ',aformat=channel_layouts=7.1' : ''},aformat=sample_fmts=s16,ashowinfo`,
      '-f',
      's16le',
      `pipe:${3 + outputs.length}`,
    );
    outputs.push(collector.take);
  }
  const { stderr } = await run(
    'ffmpeg',
    [
      '-hide_banner',
      '-nostdin',
      '-nostats',
      '-v',
      'info',
      ...guarded,
      '-noautorotate',
      ...(audio?.layout === null ? ['-guess_layout_max', '0'] : []),
      ...options,
      '-i',
      file,
      ...args,
    ],
    outputs,
  );
  const told = timesOf(stderr);
  pictures.forEach((picture, index) => {
    picture.time = picture.raw = told.pictures[index] ?? NaN;
  });
  return {
    pictures: pictures.filter(({ time }) => Number.isFinite(time)).sort((a, b) => a.time - b.time),
    sound: collector?.place(told.sound) ?? null,
    sizes: told.sizes,
    layouts: told.layouts,
    combs: told.combs,
  };
}

/** What the filters showinfo, ashowinfo and idet have said. */
function timesOf(log) {
  const [pictures, sound, sizes, layouts] = [[], [], new Set(), new Set()];
  let [timeBase, woven, all] = [NaN, 0, 0];
  for (const line of log.split('\n')) {
    let found;
    if ((found = /_showinfo_.*config in time_base: (\d+)\/(\d+)/.exec(line))) timeBase = found[1] / found[2];
    else if ((found = /_showinfo_.*\] n: *\d+ pts: *(-?\d+).* s:(\d+x\d+)/.exec(line))) {
      pictures.push(found[1] * timeBase);
      sizes.add(found[2]);
    } else if ((found = /_ashowinfo_.*\bpts:(-?\d+).*rate:(\d+) nb_samples:(\d+)/.exec(line))) {
      sound.push({ time: found[1] / found[2], samples: Number(found[3]) });
    } else if ((found = /ashowinfo@source.* chlayout:(.+?) rate:/.exec(line))) {
      layouts.add(found[1]);
    } else if (
      (found = /Multi frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+) Undetermined: *(\d+)/.exec(line))
    ) {
      woven += Number(found[1]) + Number(found[2]);
      all += found.slice(1).reduce((sum, count) => sum + Number(count), 0);
    }
  }
  return { pictures, sound, sizes: sizes.size, layouts: layouts.size, combs: all > 0 ? woven / all : 0 };
}
