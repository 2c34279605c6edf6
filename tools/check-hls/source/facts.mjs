// What a source declares: which streams are the film, and how its pictures are to be shown.
import { clockOf } from './clock.mjs';
import { probe } from './ffmpeg.mjs';
import { turnOf } from './turn.mjs';

/** Above this short side a picture that does not name its matrix is BT.709, as players assume. */
const largestStandardDefinition = 576;

/** FFmpeg's names of matrices, as its scale filter wants them. */
const matrices = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'bt470',
  fcc: 'fcc',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};

/**
 * The streams of a file that are watched, and what they declare.
 * @returns {Promise<{ file: string, video: object, audio: object | null, seconds: number | null, clock: object }>}
 *   `seconds` is what the header says, `clock` what the packets do: see `clock.mjs`
 */
export async function factsOf(file) {
  const { streams = [], format = {} } = await probe(file, ['-show_streams', '-show_format']);
  const declared = await probe(file, ['-nofind_stream_info', '-show_streams']).catch(() => ({}));
  const { packets = [] } = await probe(file, ['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,size,flags']);
  const count = new Map();
  for (const { stream_index: index } of packets) count.set(index, (count.get(index) ?? 0) + 1);

  const choose = (type, isFilm) =>
    streams
      .filter(
        stream => stream.codec_type === type && stream.codec_name && stream.codec_name !== 'unknown' && isFilm(stream),
      )
      .sort((a, b) => b.disposition.default - a.disposition.default)[0];
  // A track of one picture is a cover, whether it is marked as one or not.
  const video = choose('video', stream => stream.disposition.attached_pic === 0 && count.get(stream.index) > 1);
  if (!video) throw new Error(`${file}: no moving picture.`);
  const audio = choose('audio', stream => count.has(stream.index) && stream.channels > 0);
  const container = declared.streams?.find(({ index }) => index === video.index);
  return {
    file,
    video: describeVideo(
      video,
      container,
      packets.filter(packet => packet.stream_index === video.index),
    ),
    audio: audio ? { index: audio.index, channels: audio.channels, layout: audio.channel_layout ?? null } : null,
    seconds: Number.parseFloat(format.duration) || null,
    clock: clockOf(packets.filter(packet => [video.index, audio?.index].includes(packet.stream_index)).map(describePacket)),
  };
}

function describePacket({ stream_index: stream, pts_time: pts, dts_time: dts, duration_time: duration, flags }) {
  const seconds = text => (text === undefined ? undefined : Number(text));
  return { stream, pts: seconds(pts ?? dts), dts: seconds(dts), duration: seconds(duration) ?? 0, isShown: !flags?.includes('D') };
}

function describeVideo(stream, container, packets) {
  const known = name =>
    [stream[name], container?.[name]].find(value => value && !['unknown', 'reserved'].includes(value));
  const last = packets.reduce((a, b) => (Number(b.pts_time) > Number(a.pts_time) ? b : a), packets[0]);
  return {
    index: stream.index,
    codec: stream.codec_name,
    width: stream.width,
    height: stream.height,
    sar: ratioOf(stream.sample_aspect_ratio),
    turn: turnOf(stream.side_data_list?.find(data => data.displaymatrix)?.displaymatrix),
    matrix:
      matrices[known('color_space')] ??
      (Math.min(stream.width, stream.height) > largestStandardDefinition ? 'bt709' : 'smpte170m'),
    primaries: known('color_primaries') ?? null,
    isHdr: ['smpte2084', 'arib-std-b67'].includes(known('color_transfer')),
    bytes: packets.reduce((sum, packet) => sum + Number(packet.size), 0),
    lastSeconds: Number.parseFloat(last?.duration_time) || null,
  };
}

/** `10:11` as a number; 1 where it is unknown. */
function ratioOf(text) {
  const [width, height] = (text ?? '').split(':').map(Number);
  return width > 0 && height > 0 ? width / height : 1;
}
