// One clock: pictures and sound that begin or end apart, and clocks that begin again.
import { writeFile } from 'node:fs/promises';
import { asTimed, beeps, counted, ffmpeg, h264, inFolder, join2, mpeg2, plain, vp8 } from '../make.mjs';

const whole = { seconds: 8, first: 0, last: 239 };
/** A clip whose pictures begin later than its sound. */
const latePicture = (file, by, seconds) =>
  ffmpeg(
    beeps({ seconds }),
    counted({ seconds: seconds - by, offset: by }),
    '-map',
    1,
    '-map',
    0,
    asTimed,
    h264,
    '-c:a',
    'aac',
    file,
  );

/** See `cases.mjs`. */
export default [
  {
    name: 'late-video.mp4',
    wanted: { seconds: 10, first: 0, last: 209, lag: -3 },
    make: (_, file) => latePicture(file, 3, 10),
  },
  {
    name: 'late-video.mkv',
    wanted: { seconds: 10, first: 0, last: 209, lag: -3 },
    make: (_, file) => latePicture(file, 3, 10),
  },
  {
    name: 'late-android.mp4',
    wanted: { seconds: 5, first: 0, last: 142, lag: -0.25 },
    make: (_, file) => latePicture(file, 0.25, 5),
  },
  {
    name: 'late-audio.ts',
    wanted: { ...whole, lag: 1.5 },
    make: (_, file) =>
      ffmpeg(counted({ seconds: 8 }), beeps({ seconds: 6, offset: 1.5 }), asTimed, h264, '-c:a', 'aac', file),
  },
  {
    name: 'late-audio.mpg',
    wanted: { ...whole, lag: 1.5 },
    make: (_, file) =>
      ffmpeg(counted({ seconds: 8 }), beeps({ seconds: 6, offset: 1.5 }), asTimed, mpeg2, '-f', 'mpeg', file),
  },
  {
    name: 'late-audio.ogv',
    wanted: { ...whole, lag: 1.5 },
    make: (_, file) =>
      ffmpeg(
        counted({ seconds: 8 }),
        beeps({ seconds: 6, offset: 1.5 }),
        asTimed,
        '-c:v',
        'libtheora',
        '-b:v',
        '2M',
        '-c:a',
        'libvorbis',
        file,
      ),
  },
  {
    name: 'still-end.webm',
    wanted: { seconds: 12, first: 0, last: 119 },
    make: (_, file) => ffmpeg(counted({ seconds: 4 }), beeps({ seconds: 12 }), vp8, '-c:a', 'libopus', file),
  },
  {
    name: 'cat8.ts',
    wanted: { seconds: 16, first: 0, last: 239, lag: 0 },
    make: async (folder, file) => {
      const part = await plain(inFolder(folder, 'cat-part.ts'));
      return join2(file, [part, part]);
    },
  },
  {
    name: 'layout-late.mkv',
    wanted: { seconds: 8, first: 0, last: 119, lag: null },
    make: async (folder, file) => {
      const codecs = [h264, '-c:a', 'ac3'];
      const one = await ffmpeg(
        counted({ seconds: 4 }),
        beeps({ seconds: 3, offset: 1 }),
        asTimed,
        codecs,
        '-ac',
        2,
        inFolder(folder, 'late-1.mkv'),
      );
      const two = await ffmpeg(
        counted({ seconds: 4 }),
        beeps({ seconds: 4 }),
        '-af',
        'aformat=channel_layouts=5.1',
        codecs,
        inFolder(folder, 'late-2.mkv'),
      );
      const list = inFolder(folder, 'late.txt');
      await writeFile(list, [one, two].map(each => `file '${each}'\n`).join(''));
      return ffmpeg('-f', 'concat', '-safe', 0, '-i', list, '-c', 'copy', file);
    },
  },
];
