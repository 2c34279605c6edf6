// Presentations that are not what they were made of: each is the same film with one thing changed on the way.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './processes.mjs';

const seconds = 4;

/** Text and moving shapes, and a beep each second that tells which: in stereo. */
const picture = `testsrc2=s=160x90:r=25:d=${seconds}`;
const sound = `aevalsrc=exprs='0.5*sin(2*PI*(400+150*floor(t))*t)*lt(mod(t\\,1)\\,0.12)':s=48000:d=${seconds},aformat=channel_layouts=stereo`;

/** Writes the film into a folder, and an interlaced one. */
export async function makeFilms(folder) {
  const films = { plain: join(folder, 'film.mp4'), interlaced: join(folder, 'interlaced.ts') };
  const inputs = ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound];
  await ffmpeg([
    ...inputs,
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '18',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    films.plain,
  ]);
  await ffmpeg([
    ...inputs,
    '-vf',
    'scroll=horizontal=0.03,interlace=scan=tff:lowpass=0',
    '-c:v',
    'mpeg2video',
    '-q:v',
    '2',
    '-flags',
    '+ilme+ildct',
    '-c:a',
    'mp2',
    films.interlaced,
  ]);
  return films;
}

/**
 * `[what is wrong, the rules that must say so, filters of the picture, filters of the sound, { source, options, more
 * }]`: `source` names another film than the plain one, `more` changes the files.
 */
export const badFilms = [
  ['the end is cut off', ['source.length', 'source.end', 'source.sound'], 'trim=end=2.5', 'atrim=end=2.5'],
  [
    'the beginning is cut off',
    ['source.begin', 'source.length'],
    'trim=start=1,setpts=PTS-STARTPTS',
    'atrim=start=1,asetpts=PTS-STARTPTS',
  ],
  [
    'a part is shown twice, another never',
    ['source.picture', 'source.order'],
    'split[a][b];[a]trim=end=2[c];[b]trim=end=2,setpts=PTS-STARTPTS[d];[c][d]concat',
  ],
  [
    'the picture is 400 ms late',
    ['source.time', 'source.sync', 'source.picture'],
    'tpad=start_duration=0.4:start_mode=clone,trim=end=4',
  ],
  ['the sound is 120 ms late', ['source.sync'], 'null', 'adelay=120:all=1,atrim=end=4'],
  [
    'the sound is a whole beep early',
    ['source.sync', 'source.sound'],
    'null',
    'atrim=start=1,asetpts=PTS-STARTPTS,apad=whole_dur=4',
  ],
  [
    'a beep is silent, noise stands where it was silent, and all is 2 dB quieter',
    ['source.sound', 'source.level'],
    'null',
    "volume=0:enable='between(t,1.9,2.3)',aeval='0.8*val(ch)+between(t,2.4,2.7)*0.3*sin(5000*t)':c=same",
  ],
  ['the picture is upside down', ['source.turn', 'source.picture'], 'hflip,vflip'],
  ['the picture is squeezed', ['source.shape'], 'scale=90:90,setsar=1'],
  ['the picture is squeezed between bars', ['source.picture'], 'scale=80:90,pad=160:90:40:0,setsar=1'],
  ['colours are dull', ['source.colour'], 'hue=s=0.6'],
  ['the picture is smeared', ['source.still'], 'scale=20:12,scale=160:90'],
  ['fields are woven', ['source.combs'], 'null', 'anull', { source: 'interlaced', input: 'interlaced' }],
  [
    'it has far more bytes, another poster, and a storyboard of one picture',
    ['source.bytes', 'source.poster', 'source.storyboard'],
    'null',
    'anull',
    { options: ['-qp', '0'], more: stills('hflip,negate', 'trim=end_frame=1,loop=3:1') },
  ],
];

/** The film as it is to be, with poster and storyboard. */
export const goodFilm = [
  'nothing is wrong',
  [],
  'null',
  'anull',
  { more: stills('null', 'fps=1:round=up:start_time=0') },
];

/** Makes one of them: a `Map` of files by path. */
export async function makePresentation(
  films,
  [, , video, audio = 'anull', { input = 'plain', options = ['-crf', '20'], more } = {}],
) {
  const folder = await mkdtemp(join(tmpdir(), 'vod-film-'));
  try {
    await ffmpeg([
      '-v',
      'error',
      '-nostdin',
      '-i',
      films[input],
      '-filter_complex',
      `[0:v]${video}[v];[0:a]${audio}[a]`,
      '-map',
      '[v]',
      '-map',
      '[a]',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
      '-g',
      '25',
      ...options,
      '-c:a',
      'aac',
      '-b:a',
      '128k',
      '-ac',
      '2',
      '-f',
      'hls',
      '-hls_time',
      '2',
      '-hls_playlist_type',
      'vod',
      join(folder, 'index.m3u8'),
    ]);
    const names = await readdir(folder);
    const files = new Map(
      await Promise.all(names.map(async name => [`v/${name}`, await readFile(join(folder, name))])),
    );
    files.set('master.m3u8', Buffer.from('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nv/index.m3u8\n'));
    await more?.(films, files);
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds a poster and a storyboard, made by filters. */
function stills(poster, storyboard) {
  const make = async (films, filter) =>
    ffmpeg([
      '-v',
      'error',
      '-nostdin',
      '-i',
      films.plain,
      '-frames:v',
      '1',
      '-vf',
      filter,
      '-q:v',
      '3',
      '-f',
      'image2pipe',
      '-c:v',
      'mjpeg',
      'pipe:1',
    ]);
  return async (films, files) => {
    files.set('poster.jpg', await make(films, poster));
    files.set('storyboard.jpg', await make(films, `${storyboard},tile=${seconds}x1`));
    const cues = Array.from(
      { length: seconds },
      (_, index) => `00:00:0${index}.000 --> 00:00:0${index + 1}.000\nstoryboard.jpg#xywh=${160 * index},0,160,90\n`,
    );
    files.set('storyboard.vtt', Buffer.from(['WEBVTT\n', ...cues].join('\n')));
  };
}

async function ffmpeg(args) {
  const { code, stdout, stderr } = await run('ffmpeg', args);
  assert.equal(code, 0, stderr);
  return stdout;
}
