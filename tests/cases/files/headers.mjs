// What the first packets or the header say is not what the file is.
import { trimmed } from '../edit-list.mjs';
import { beeps, changed, counted, ffmpeg, h264, inFolder, inParts, mpeg2, plain, vp8, withDuration } from '../make.mjs';

const whole = { seconds: 8, first: 0, last: 239 };
const interlaced = (source, seconds) => ['-f', 'lavfi', '-i', `${source},interlace=scan=tff,setsar=64/45`];

/** See `cases.mjs`. */
export default [
  ...['mp4', 'mov'].map(kind => ({
    name: `cut-copy.${kind}`,
    wanted: { seconds: 5, first: 105, last: 254 },
    make: async (folder, file) => {
      const long = await plain(inFolder(folder, 'long.mp4'), { seconds: 12, more: ['-g', 60] });
      return ffmpeg('-ss', 3.5, '-i', long, '-t', 5, '-c', 'copy', file);
    },
  })),
  {
    name: 'e-trim.mov',
    wanted: { seconds: 4, first: 75, last: 194 },
    make: async (folder, file) => {
      const long = await ffmpeg(
        counted({ seconds: 8 }),
        beeps({ seconds: 8 }),
        h264,
        '-bf',
        0,
        '-g',
        60,
        '-c:a',
        'pcm_s16le',
        inFolder(folder, 'trim.mov'),
      );
      return changed(file, long, bytes => trimmed(bytes, 2.5, 4));
    },
  },
  {
    name: 'prog-then-inter.ts',
    wanted: { seconds: 8, lag: null },
    make: (folder, file) =>
      inParts(folder, 'prog-then-inter.ts', [
        {
          seconds: 2,
          video: ['-f', 'lavfi', '-i', 'testsrc2=s=720x576:r=25:d=2,setsar=64/45'],
          sound: beeps({ seconds: 2 }),
          codecs: mpeg2,
        },
        {
          seconds: 6,
          video: interlaced('testsrc2=s=720x576:r=50:d=6,rotate=t:c=black', 6),
          sound: beeps({ seconds: 6 }),
          codecs: [mpeg2, '-flags', '+ilme+ildct'],
        },
      ]),
  },
  {
    name: 'fixdur.webm',
    wanted: { seconds: 5, first: 0, last: 149 },
    make: async (folder, file) => {
      const right = await ffmpeg(
        counted({ seconds: 5 }),
        beeps({ seconds: 5 }),
        vp8,
        '-c:a',
        'libopus',
        inFolder(folder, 'right.webm'),
      );
      return changed(file, right, bytes => withDuration(bytes, 5.7));
    },
  },
  {
    name: 'v1.mkv',
    wanted: { seconds: 10, orSeconds: 16, first: 0, last: 299, lag: null },
    make: async (folder, file) => {
      const right = await ffmpeg(counted({ seconds: 10 }), h264, '-bf', 0, inFolder(folder, 'stands.mkv'));
      return changed(file, right, bytes => withDuration(bytes, 16));
    },
  },
  {
    name: 'cover-first.mp4',
    wanted: whole,
    make: async (folder, file) => {
      const cover = await ffmpeg(
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=1280x720:r=25:d=0.04',
        '-frames:v',
        1,
        inFolder(folder, 'cover.jpg'),
      );
      const film = await plain(inFolder(folder, 'film.mp4'));
      return ffmpeg(
        '-i',
        cover,
        '-i',
        film,
        '-map',
        0,
        '-map',
        1,
        '-c',
        'copy',
        '-disposition:v:0',
        'default',
        '-disposition:v:1',
        'default',
        file,
      );
    },
  },
  {
    name: 'comfy.mp4',
    wanted: whole,
    make: (_, file) => plain(file, { more: ['-metadata', `comment=${'{"class":"KSampler"}, '.repeat(1000)}`] }),
  },
];
