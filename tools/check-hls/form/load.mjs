// Fetches a presentation whole, and measures it: what the rules are then held against.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasCaptionsInMp4, hasCaptionsInTs, hasIdrInMp4, startsWithIdrInTs } from './bitstream.mjs';
import { guarded } from '../source/ffmpeg.mjs';
import { parseMaster, parseMedia, rates } from './playlist.mjs';

const execute = promisify(execFile);

/** The same bytes are measured once: who checks many variations of a presentation waits for the changed ones only. */
const measurements = new Map();

/** One answer: what was said, and how. A redirect is an answer too (rule 8.18). */
export async function get(url, headers = {}) {
  const answer = await fetch(url, { redirect: 'manual', headers: { 'Accept-Encoding': 'gzip', ...headers } });
  return {
    url,
    status: answer.status,
    type: answer.headers.get('content-type')?.split(';')[0],
    encoding: answer.headers.get('content-encoding'),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

/** The presentation below a master playlist's URL. */
export async function loadPresentation(url) {
  const answers = new Map();
  const fetched = async address => {
    if (!answers.has(address)) answers.set(address, get(address));
    return answers.get(address);
  };
  const answer = await fetched(url);
  if (answer.status !== 200) throw new Error(`${url}: status ${answer.status}.`);
  const master = parseMaster(answer.body.toString(), url);
  if (master.variants.length === 0) throw new Error(`${url}: no master playlist.`);

  const tracks = new Map();
  for (const entry of [...master.variants, ...master.media.filter(media => media.url)]) {
    if (!tracks.has(entry.url)) tracks.set(entry.url, await loadTrack(entry.url, fetched));
    const track = tracks.get(entry.url);
    entry.track = track.unreadable ? null : track;
  }
  for (const entry of master.iframes) {
    entry.playlist = parseMedia((await fetched(entry.url)).body.toString(), entry.url);
    for (const segment of entry.playlist.segments) await fetched(segment.url);
  }
  return {
    url, master,
    tracks: [...tracks.values()].filter(track => !track.unreadable),
    unreadable: [...tracks.values()].filter(track => track.unreadable),
    answers: await Promise.all(answers.values()),
  };
}

async function loadTrack(url, fetched) {
  const playlist = parseMedia((await fetched(url)).body.toString(), url);
  const init = playlist.mapUrl ? (await fetched(playlist.mapUrl)).body : Buffer.alloc(0);
  const parts = [];
  let start = init.length;
  for (const segment of playlist.segments) {
    const { body } = await fetched(segment.url);
    parts.push({ ...segment, body, start, end: start + body.length, packets: [] });
    start += body.length;
  }

  const whole = Buffer.concat([init, ...parts.map(part => part.body)]);
  const name = new URL(url).pathname.split('/').at(-2);
  const { streams, packets, error } = await measure(whole);
  if (error || packets.length === 0) return { url, name, playlist, unreadable: error ?? 'no packets' };
  for (const packet of packets) {
    parts.find(part => packet.pos >= part.start && packet.pos < part.end)?.packets.push(packet);
  }
  const track = {
    url, name, playlist, init, parts, whole, streams, packets,
    isTs: whole[0] === 0x47,
    video: streams.find(stream => stream.codec_type === 'video'),
    audio: streams.filter(stream => stream.codec_type === 'audio'),
    ...rates(parts.map(part => part.body.length), parts.map(part => part.duration), playlist.targetDuration),
  };
  track.main = track.video ?? track.audio[0];
  track.startsWithIdr = part => startsWithIdr(track, part);
  track.hasCaptions = () => hasCaptions(track);
  return track;
}

function measure(whole) {
  const key = createHash('sha256').update(whole).digest('base64');
  if (!measurements.has(key)) measurements.set(key, probe(whole));
  return measurements.get(key);
}

/** ffprobe over all segments as one file: a packet's position says which segment it is in. */
async function probe(whole) {
  const folder = await mkdtemp(join(tmpdir(), 'check-hls-'));
  try {
    const file = join(folder, 'track');
    await writeFile(file, whole);
    const { stdout } = await execute('ffprobe', ['-v', 'error', ...guarded, '-of', 'json', '-show_streams', '-show_entries',
      'packet=stream_index,pts_time,dts_time,duration_time,size,pos,flags', file], { maxBuffer: 1 << 28 });
    const { streams = [], packets = [] } = JSON.parse(stdout);
    return {
      streams,
      packets: packets.map(packet => ({
        stream: packet.stream_index, pts: Number(packet.pts_time), dts: Number(packet.dts_time),
        duration: Number(packet.duration_time ?? 0), size: Number(packet.size), pos: Number(packet.pos),
        isKey: packet.flags.startsWith('K'),
      })),
    };
  } catch (error) {
    return { error: error.stderr?.trim().split('\n')[0] || error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function startsWithIdr(track, part) {
  const first = part.packets.find(packet => packet.stream === track.video.index);
  if (!first) return false;
  return track.isTs
    ? startsWithIdrInTs(part.body, Number(track.video.id))
    : hasIdrInMp4(track.whole.subarray(first.pos, first.pos + first.size));
}

function hasCaptions(track) {
  if (track.isTs) return hasCaptionsInTs(track.whole, Number(track.video.id));
  return track.packets.some(({ stream, pos, size }) =>
    stream === track.video.index && hasCaptionsInMp4(track.whole.subarray(pos, pos + size)));
}
