// Text, key pictures, colours, captions and levels: what is easily lost.
import { writeFile } from 'node:fs/promises';
import { beeps, changed, counted, ffmpeg, h264, inFolder, plain } from '../make.mjs';

const whole = { seconds: 8, first: 0, last: 239 };
const patches = ['E02020', '20E020', '2020E0', '808080', 'FFFFFF', '000000'];
const coloured =
  `${patches.map((colour, index) => `color=0x${colour}:s=128x360:r=25:d=2[p${index}]`).join(';')};` +
  `${patches.map((_, index) => `[p${index}]`).join('')}hstack=${patches.length},format=gbrp`;

/** See `cases.mjs`. */
export default [
  {
    name: 'slides.mp4',
    wanted: { seconds: 60, lag: null, psnr: 30, sizes: ['1280x720'] },
    make: async (folder, file) => {
      const words =
        'quick brown fox jumps over lazy dog stream segment player buffer network quality lecture slide table value'.split(
          ' ',
        );
      const line = (slide, row) =>
        Array.from(
          { length: 13 },
          (_, word) => words[(slide * 7 + row * 5 + word * 3 + row * word) % words.length],
        ).join(' ');
      const texts = [1, 2, 3, 4].map(slide =>
        Array.from(
          { length: 24 },
          (_, row) => `${row + 1}. ${line(slide, row)} ${(slide * 7919 + row * 104729) % 1e6}`,
        ).join('\n'),
      );
      const inputs = [];
      for (const [index, text] of texts.entries()) {
        const name = inFolder(folder, `slide-${index}.txt`);
        await writeFile(name, text);
        inputs.push(
          '-f',
          'lavfi',
          '-i',
          `color=white:s=1280x720:r=30:d=15,drawtext=font=Sans:textfile=${name}:fontsize=20:x=30:y=20:line_spacing=8`,
        );
      }
      return ffmpeg(
        inputs,
        beeps({ seconds: 60 }),
        '-filter_complex',
        'concat=n=4,format=yuv420p[v]',
        '-map',
        '[v]',
        '-map',
        '4:a',
        '-c:v',
        'libx264',
        '-crf',
        20,
        '-preset',
        'veryfast',
        '-g',
        300,
        '-c:a',
        'aac',
        file,
      );
    },
  },
  {
    name: 'one-key.mp4',
    wanted: { seconds: 30, lag: null },
    make: (_, file) =>
      ffmpeg(
        '-f',
        'lavfi',
        '-i',
        ['red', 'lime', 'blue', 'white', 'black']
          .map((colour, index) => `color=${colour}:s=640x360:r=15:d=6[c${index}]`)
          .join(';') + ';[c0][c1][c2][c3][c4]concat=n=5',
        h264,
        '-x264-params',
        'keyint=infinite:scenecut=0',
        file,
      ),
  },
  {
    name: 'c-p3.mov',
    wanted: { seconds: 2, lag: null },
    make: (_, file) =>
      ffmpeg(
        '-f',
        'lavfi',
        '-i',
        coloured,
        '-vf',
        'zscale=m=709:p=smpte432:t=709:r=tv:min=gbr:pin=709:tin=709,format=yuv420p',
        '-c:v',
        'libx264',
        '-crf',
        8,
        '-color_primaries',
        'smpte432',
        '-color_trc',
        'bt709',
        '-colorspace',
        'bt709',
        file,
      ),
  },
  {
    name: 'c-pr4444.mov',
    wanted: { seconds: 2, lag: null },
    make: (_, file) =>
      ffmpeg(
        '-f',
        'lavfi',
        '-i',
        coloured,
        '-vf',
        'scale=out_color_matrix=bt709:out_range=tv,format=yuva444p10le',
        '-c:v',
        'prores_ks',
        '-profile:v',
        4444,
        '-colorspace',
        'bt709',
        '-color_primaries',
        'bt709',
        '-color_trc',
        'bt709',
        file,
      ),
  },
  {
    name: 'sei-turn.mp4',
    wanted: whole,
    make: (_, file) => plain(file, { more: ['-bsf:v', 'h264_metadata=display_orientation=insert:rotate=90'] }),
  },
  {
    name: 'cc.mp4',
    wanted: whole,
    make: async (folder, file) => {
      // One byte pair of CEA-608 as ATSC A/53 wraps it: written as user data that nobody registered, and then made the
      // ATSC's.
      const head = 'b50031474139340341fffc9425ffffff';
      const plainFile = await plain(inFolder(folder, 'user-data.mp4'), {
        more: ['-bsf:v', `h264_metadata=sei_user_data=${head}+text`],
      });
      return changed(file, plainFile, bytes => {
        const at = bytes.indexOf(head, 0, 'hex');
        if (at < 0 || bytes[at - 2] !== 5) throw new Error('The user data is not where it was put.');
        bytes[at - 2] = 4;
        return bytes;
      });
    },
  },
  {
    name: 'lv-mono.mov',
    wanted: { seconds: 4, lag: null },
    make: (_, file) =>
      ffmpeg(
        counted({ width: 320, height: 180, rate: 25, seconds: 4 }),
        '-f',
        'lavfi',
        '-i',
        'sine=500:d=4,volume=4dB',
        h264,
        '-ac',
        1,
        '-c:a',
        'pcm_s16le',
        file,
      ),
  },
];
