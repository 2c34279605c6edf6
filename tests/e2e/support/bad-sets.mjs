// Presentations that break rules, made from a good one; and two that ffmpeg makes when it is told to.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './processes.mjs';

const replace = (files, path, edit) => files.set(path, Buffer.from(edit(files.get(path).toString('latin1')), 'latin1'));
const edit = (pattern, change) => files => {
  const paths = [...files.keys()].filter(path => pattern.test(path));
  assert.ok(paths.length > 0, `${pattern} names a file`);
  for (const path of paths) {
    const before = files.get(path).toString('latin1');
    replace(files, path, change);
    assert.notEqual(files.get(path).toString('latin1'), before, `${path} is changed`);
  }
};

const master = /^master\.m3u8$/;
const index = /^v180.*\/index\.m3u8$/;
const iframes = /^v180.*\/iframes\.m3u8$/;
const pathOf = (files, pattern) => [...files.keys()].find(path => pattern.test(path));

/** `[what is wrong, numbers of the rules that must say so, how it is made]`. */
export const mutations = [
  ['a target duration too small', ['RFC 4.3.3.1', '7.7'], edit(/\/(index|iframes)\.m3u8$/, text => text.replace(/(DURATION:)\d+/, '$11'))],
  ['a target duration that differs', ['8.2'], edit(index, text => text.replace(/(DURATION:)\d+/, '$19'))],
  ['no CODECS', ['9.1'], edit(master, text => text.replace(/CODECS="[^"]*",(?=RESOLUTION=[^,]*,FRAME)/g, ''))],
  ['CODECS of another profile', ['9.1'], edit(master, text => text.replaceAll('avc1.64', 'avc1.42'))],
  ['an EXTINF off by more than a frame', ['8.1'],
    edit(index, text => text.replace(/#EXTINF:([\d.]+)/, (_, seconds) => `#EXTINF:${Number(seconds) - 0.1}`))],
  ['a segment without an IDR at its start', ['7.4'], files => files.set(pathOf(files, /^v180.*\/seg_00001/),
    withoutIdr(files.get(pathOf(files, /^v180.*\/seg_00001/))))],
  ['boundaries that differ between renditions', ['8.7'], joinFirstSegments],
  ['renditions of different length', ['8.3'], edit(index, dropLastSegment)],
  ['BANDWIDTH understated', ['1.27', '9.13'], edit(master, text => scale(text, /(STREAM-INF:BANDWIDTH=)(\d+)/g, 0.5))],
  ['AVERAGE-BANDWIDTH overstated', ['1.26'], edit(master, text => scale(text, /(AVERAGE-BANDWIDTH=)(\d+)/g, 1.5))],
  ['no ENDLIST', ['8.6'], edit(index, text => text.replace('#EXT-X-ENDLIST\n', ''))],
  ['no PLAYLIST-TYPE', ['8.6'], edit(index, text => text.replace('#EXT-X-PLAYLIST-TYPE:VOD\n', ''))],
  ['no I-frame playlists', ['6.1', '9.3'], edit(master, text => text.replace(/#EXT-X-I-FRAME-STREAM-INF.*\n/g, ''))],
  ['an I-frame range that is cut', ['6.1'],
    edit(iframes, text => text.replace(/BYTERANGE:(\d+)/, (_, length) => `BYTERANGE:${length >> 1}`))],
  ['an I-frame left out', ['6.1', '8.3'], edit(iframes, dropLastSegment)],
  ['no I-FRAMES-ONLY', ['6.8'], edit(iframes, text => text.replace('#EXT-X-I-FRAMES-ONLY\n', ''))],
  ['no RESOLUTION of I-frames', ['9.4'], edit(master, text => text.replace(/(I-FRAME-STREAM-INF.*)RESOLUTION=\w+,/, '$1'))],
  ['another RESOLUTION', ['9.2'], edit(master, text => text.replaceAll('RESOLUTION=320x180', 'RESOLUTION=322x180'))],
  ['another FRAME-RATE', ['9.15'], edit(master, text => text.replaceAll('FRAME-RATE=25', 'FRAME-RATE=50'))],
  ['no AVERAGE-BANDWIDTH', ['9.14'], edit(master, text => text.replace(/AVERAGE-BANDWIDTH=\d+,/g, ''))],
  ['no LANGUAGE', ['8.10'], edit(master, text => text.replace(/LANGUAGE="[^"]*",/, ''))],
  ['no INDEPENDENT-SEGMENTS', ['9.11'], edit(master, text => text.replace('#EXT-X-INDEPENDENT-SEGMENTS\n', ''))],
  ['a group of sound that is not there', ['RFC 4.3.4.2'], edit(master, text => text.replace(/,AUDIO="audio"/g, ',AUDIO="other"'))],
  ['no MAP', ['8.20', 'RFC 3'], edit(index, text => text.replace(/#EXT-X-MAP.*\n/, ''))],
  ['another sample entry', ['1.10'], edit(/^v180.*\/init\.mp4$/, bytes => bytes.replace('avc1\0', 'avc3\0'))],
  ['a segment twice', ['7.1', '8.1'], files => files.set(pathOf(files, /^v180.*\/seg_00002/), files.get(pathOf(files, /^v180.*\/seg_00001/)))],
  ['segments out of order', ['7.2'], swapSegments],
  ['a segment that is not there', ['RFC 4'], files => files.delete(pathOf(files, /^a.*\/seg_00001/))],
];

/** The same for how files are sent: `(path) => headers`. */
export const badOrigins = [
  ['playlists not compressed', ['10.1'], path => path.endsWith('.m3u8') ? { 'Content-Encoding': 'identity' } : {}],
  ['another content type', ['10.4'], path => path.endsWith('.m4s') ? { 'Content-Type': 'application/octet-stream' } : {}],
];

/** Broken SHOULD rules: reported, and no failure of the whole. */
export const advice = [
  ['the lowest variant first', ['1.32'], edit(master, text => {
    const variants = [...text.matchAll(/#EXT-X-STREAM-INF.*\n.*\n/g)].map(([variant]) => variant);
    return text.replace(variants.join(''), variants.reverse().join(''));
  })],
];

/** What ffmpeg makes when it is told to cut without regard to key pictures: `Map` of files. */
export const cutAnywhere = () => encode(['-c:v', 'libx264', '-g', '60', '-pix_fmt', 'yuv420p', '-r', '25', '-c:a', 'aac', '-ac', '2',
  '-map', '0:v', '-map', '1:a', '-hls_flags', 'split_by_time']);

/** Interlaced 4:2:2 at 100 pictures per second, with two tracks of MP2 in mono. */
export const wrongCodecs = () => encode(['-c:v', 'libx264', '-g', '100', '-pix_fmt', 'yuv422p', '-r', '100', '-flags', '+ildct+ilme',
  '-x264-params', 'tff=1', '-c:a', 'mp2', '-ac', '1', '-map', '0:v', '-map', '1:a', '-map', '1:a']);

/** What the specification advises against: Main profile at level 5.2, few key pictures in long segments, sound muxed into fMP4, bits
 * that come all at once, and a variant of another shape. */
export async function againstAdvice() {
  const options = ['-profile:v', 'main', '-level', '5.2', '-g', '250', '-keyint_min', '250', '-sc_threshold', '0', '-r', '25', '-pix_fmt', 'yuv420p',
    '-c:a', 'aac', '-ac', '2', '-map', '0:v', '-map', '1:a', '-vf', "drawbox=c=black:t=fill:enable='lt(t,9)+gt(t,17)'", '-b:a', '16k',
    '-hls_segment_type', 'fmp4', '-force_key_frames', '0,1,9,17'];
  const files = await encode(options, 24);
  for (const [path, bytes] of await encode([...options, '-s', '90x160'], 24)) if (path !== 'master.m3u8') files.set(`w${path.slice(1)}`, bytes);
  files.set('master.m3u8', Buffer.concat([files.get('master.m3u8'), Buffer.from('#EXT-X-STREAM-INF:BANDWIDTH=400000\nw/index.m3u8\n')]));
  return files;
}

/** Captions in the pictures that no playlist names: ffmpeg writes user data that nobody registered, and becomes the ATSC's. */
export async function hiddenCaptions() {
  const head = 'b500314741393403';
  const files = await encode(['-c:v', 'libx264', '-r', '25', '-g', '50', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-map', '0:v', '-map', '1:a',
    '-bsf:v', `h264_metadata=sei_user_data=${head}${'ff'.repeat(8)}+text`]);
  for (const [path, bytes] of files) {
    for (let at = bytes.indexOf(head, 0, 'hex'); at >= 0; at = bytes.indexOf(head, at + 1, 'hex')) if (bytes[at - 2] === 5) bytes[at - 2] = 4;
    files.set(path, bytes);
  }
  return files;
}

/** One counter of a transport stream packet in the middle of a segment is off. */
export function breakContinuity(files) {
  const path = pathOf(files, /1\.ts$/);
  const bytes = Buffer.from(files.get(path));
  const at = 188 * 20 + 3;
  bytes[at] = (bytes[at] & 0xf0) | ((bytes[at] + 5) & 0x0f);
  files.set(path, bytes);
}

async function encode(options, seconds = 5) {
  const folder = await mkdtemp(join(tmpdir(), 'vod-bad-'));
  try {
    const { code, stderr } = await run('ffmpeg', ['-v', 'error', '-nostdin',
      '-f', 'lavfi', '-i', `testsrc2=size=160x90:rate=100:duration=${seconds}`, '-f', 'lavfi', '-i', `sine=sample_rate=48000:duration=${seconds}`,
      '-preset', 'ultrafast', ...options, '-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', join(folder, 'index.m3u8')]);
    assert.equal(code, 0, stderr);
    const names = await readdir(folder);
    const files = new Map(await Promise.all(names.map(async name => [`v/${name}`, await readFile(join(folder, name))])));
    files.set('master.m3u8', Buffer.from('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nv/index.m3u8\n'));
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function scale(text, pattern, factor) {
  return text.replace(pattern, (_, name, value) => `${name}${Math.round(value * factor)}`);
}

function dropLastSegment(text) {
  return text.replace(/#EXTINF(?:(?!#EXTINF)[\s\S])*(?=#EXT-X-ENDLIST)/, '');
}

export function joinFirstSegments(files, track = 'v180') {
  const [first, second] = [0, 1].map(number => pathOf(files, new RegExp(`^${track}.*/seg_0000${number}`)));
  files.set(first, Buffer.concat([files.get(first), files.get(second)]));
  replace(files, pathOf(files, new RegExp(`^${track}.*/index`)), text => text.replace(/#EXTINF:([\d.]+),\n(.*)\n#EXTINF:([\d.]+),\n.*\n/,
    (_, one, name, two) => `#EXTINF:${(Number(one) + Number(two)).toFixed(6)},\n${name}\n`));
}

function swapSegments(files) {
  const [one, two] = [/^v180.*\/seg_00001/, /^v180.*\/seg_00002/].map(pattern => pathOf(files, pattern));
  const kept = files.get(one);
  files.set(one, files.get(two));
  files.set(two, kept);
}

/** The first IDR slice becomes one of another kind. */
function withoutIdr(segment) {
  const bytes = Buffer.from(segment);
  for (let at = bytes.indexOf('mdat') + 4; at + 5 < bytes.length; at += 4 + bytes.readUInt32BE(at)) {
    if ((bytes[at + 4] & 0x1f) === 5) {
      bytes[at + 4] = (bytes[at + 4] & 0xe0) | 1;
      return bytes;
    }
  }
  throw new Error('The segment has no IDR picture.');
}
