// Shows a presentation and its source side by side: what the rules of comparison are held against.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get } from '../form/load.mjs';
import { standingAt } from './align.mjs';
import { factsOf } from './facts.mjs';
import { show, smallSize } from './show.mjs';
import { loadStills } from './stills.mjs';
import { loadStoryboard } from './storyboard.mjs';
import { turnOf } from './turn.mjs';

/**
 * Decodes both sides.
 * @param {object} presentation as `load.mjs` has it
 * @param {string} file the source, on this machine
 */
export async function compare(presentation, file) {
  const tracks = presentation.tracks.filter(track => track.video);
  if (tracks.length === 0) throw new Error(`${presentation.url}: no pictures to compare.`);
  const facts = await factsOf(file);
  const size = smallSize(tracks.reduce((a, b) => (b.video.width > a.video.width ? b : a)).video);
  const longest = Math.max(...presentation.tracks.map(track => track.playlist.seconds));
  const source = await showSource(facts, size, longest);

  const folder = await mkdtemp(join(tmpdir(), 'check-hls-'));
  try {
    const shown = [];
    for (const track of presentation.tracks) shown.push(await showTrack(track, folder, size));
    const zero = Math.min(
      ...shown.map(({ pictures, sound }) => Math.min(pictures[0]?.time ?? Infinity, sound?.start ?? Infinity)),
    );
    shown.forEach(each => fromZero(each, zero));
    const renditions = shown.filter(each => each.pictures.length > 0);
    const apart = shown.find(each => each.pictures.length === 0 && each.sound);
    for (const rendition of renditions) {
      rendition.sound ??= apart?.sound ?? null;
      rendition.stills = await loadStills(rendition, source, facts);
    }
    return {
      facts,
      source,
      renditions,
      size,
      poster: await loadPoster(presentation.url, folder, size),
      storyboard: await loadStoryboard(presentation.url, folder, size),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function showSource(facts, size, seconds) {
  const source = await show(facts, size, seconds);
  if (source.pictures.length === 0) throw new Error(`${facts.file}: no picture can be decoded.`);
  const { pictures } = source;
  const zero = Math.min(pictures[0].time, source.sound?.start ?? Infinity);
  fromZero(source, zero);
  const steps = pictures
    .slice(1)
    .map((picture, index) => picture.time - pictures[index].time)
    .filter(step => step > 0);
  const interval = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0.04;
  const last = pictures.at(-1).time + (facts.video.lastSeconds ?? interval);
  return {
    ...source,
    zero,
    interval,
    end: Math.max(last, source.sound?.end ?? 0),
    at: time => pictures[standingAt(pictures, time)],
  };
}

async function showTrack(track, folder, size) {
  const file = join(folder, `${track.name}.${track.isTs ? 'ts' : 'mp4'}`);
  await writeFile(file, track.whole);
  const [audio] = track.audio;
  const input = {
    file,
    // Times as they are: sound and picture that come apart are brought together by them.
    options: ['-copyts'],
    video: track.video ? videoOf(track.video) : null,
    audio: audio ? { index: audio.index, channels: audio.channels, layout: audio.channel_layout ?? null } : null,
  };
  return { track, ...input, ...(await show(input, size, track.playlist.seconds)) };
}

// What a player makes of the output: its own matrix, and a display matrix if it has one.
const videoOf = stream => ({
  index: stream.index,
  width: stream.width,
  height: stream.height,
  turn: turnOf(stream.side_data_list?.find(data => data.displaymatrix)?.displaymatrix),
  matrix: stream.color_space === 'bt709' || Math.min(stream.width, stream.height) > 576 ? 'bt709' : 'smpte170m',
});

function fromZero({ pictures, sound }, zero) {
  pictures.forEach(picture => {
    picture.time -= zero;
  });
  if (sound) {
    sound.start -= zero;
    sound.end -= zero;
  }
}

async function loadPoster(url, folder, size) {
  const { status, body } = await get(new URL('poster.jpg', url).href);
  if (status !== 200) return null;
  const file = join(folder, 'poster.jpg');
  await writeFile(file, body);
  const { pictures } = await show({ file, video: { index: 0, matrix: 'smpte170m' }, audio: null }, size, 0);
  return { pixels: pictures[0]?.pixels ?? null };
}
