// Size, layout and rate change on the way, and channels that no layout names.
import { writeFile } from 'node:fs/promises';
import { beeps, changed, counted, ffmpeg, h264, inFolder, inParts, mpeg2, vp8 } from '../make.mjs';

const clip = (seconds, codecs, sound = beeps({ seconds })) => ({
  seconds,
  video: counted({ seconds }),
  sound,
  codecs: [h264, codecs],
});

/** See `cases.mjs`. */
export default [
  {
    name: 'turned.webm',
    // The number of a picture with bars stands elsewhere: check-hls compares the pictures.
    wanted: { seconds: 8, lag: null, sizes: ['360x640'] },
    make: async (folder, file) => {
      const list = inFolder(folder, 'turned.txt');
      const parts = [];
      for (const [width, height] of [
        [360, 640],
        [640, 360],
      ]) {
        parts.push(
          await ffmpeg(
            counted({ width, height, seconds: 4 }),
            beeps({ seconds: 4 }),
            vp8,
            '-c:a',
            'libopus',
            inFolder(folder, `turned-${width}.webm`),
          ),
        );
      }
      await writeFile(list, parts.map(part => `file '${part}'\n`).join(''));
      return ffmpeg('-f', 'concat', '-safe', 0, '-i', list, '-c', 'copy', file);
    },
  },
  {
    name: 'dvb-size.ts',
    wanted: { seconds: 12, lag: null },
    make: (folder, file) =>
      inParts(
        folder,
        'dvb-size.ts',
        [
          [544, '32/17'],
          [720, '64/45'],
        ].map(([width, sar]) => ({
          seconds: 6,
          sound: beeps({ seconds: 6 }),
          codecs: [mpeg2, '-flags', '+ilme+ildct'],
          video: ['-f', 'lavfi', '-i', `testsrc2=s=${width}x576:r=50:d=6,interlace=scan=tff,setsar=${sar}`],
        })),
      ),
  },
  {
    name: 'ten.mov',
    wanted: { seconds: 4, first: 0, last: 119 },
    // Ten channels that no layout names.
    make: async (folder, file) => {
      const mono = await ffmpeg(beeps({ seconds: 4 }), '-ac', 1, '-f', 's16le', inFolder(folder, 'one.raw'));
      const ten = await changed(inFolder(folder, 'ten.raw'), mono, bytes =>
        Buffer.concat(
          Array.from({ length: bytes.length / 2 }, (_, index) =>
            Buffer.concat(Array(10).fill(bytes.subarray(2 * index, 2 * index + 2))),
          ),
        ),
      );
      return ffmpeg(
        counted({ seconds: 4 }),
        '-f',
        's16le',
        '-ar',
        48000,
        '-ac',
        10,
        '-i',
        ten,
        h264,
        '-c:a',
        'pcm_s16le',
        file,
      );
    },
  },
  {
    name: 'rate-change.ts',
    wanted: { seconds: 8, first: 0, last: 119, lag: null },
    make: folder =>
      inParts(folder, 'rate-change.ts', [
        clip(4, ['-c:a', 'aac']),
        clip(4, ['-c:a', 'aac'], beeps({ seconds: 4, rate: 44100 })),
      ]),
  },
  {
    name: 'layout.ts',
    wanted: { seconds: 8, first: 0, last: 119, lag: null },
    make: folder =>
      inParts(folder, 'layout.ts', [
        clip(4, ['-c:a', 'ac3', '-ac', 2]),
        clip(4, ['-af', 'aformat=channel_layouts=5.1', '-c:a', 'ac3']),
      ]),
  },
];
