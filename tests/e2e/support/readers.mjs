// What two readers that we did not write make of a playlist, in one form.
import HLS from 'hls-parser';
import { Parser } from 'm3u8-parser';

HLS.setOptions({ strictMode: true, silent: true });

const size = resolution => resolution && `${resolution.width}x${resolution.height}`;

function hlsParserMaster(text) {
  const { variants, independentSegments } = HLS.parse(text);
  const entry = ({ uri, bandwidth, averageBandwidth, codecs, resolution, frameRate }) =>
    ({ uri, bandwidth, averageBandwidth, codecs, resolution: size(resolution), frameRate });
  return {
    independentSegments,
    variants: variants.filter(variant => !variant.isIFrameOnly).map(entry),
    iframes: variants.filter(variant => variant.isIFrameOnly).map(entry),
    audio: [...new Set(variants.flatMap(variant => variant.audio).map(audio => audio.uri))],
  };
}

function m3u8Parser(text) {
  const parser = new Parser();
  const warnings = [];
  parser.on('warn', ({ message }) => warnings.push(message));
  parser.push(text);
  parser.end();
  if (warnings.length > 0) throw new Error(`m3u8-parser: ${warnings.join(' ')}`);
  return parser.manifest;
}

function m3u8ParserMaster(text) {
  const manifest = m3u8Parser(text);
  const entry = ({ uri, attributes }) => ({
    uri: uri ?? attributes.URI, bandwidth: attributes.BANDWIDTH, averageBandwidth: Number(attributes['AVERAGE-BANDWIDTH']),
    codecs: attributes.CODECS, resolution: size(attributes.RESOLUTION), frameRate: attributes['FRAME-RATE'],
  });
  return {
    independentSegments: manifest.independentSegments,
    variants: manifest.playlists.map(entry),
    iframes: manifest.iFramePlaylists.map(entry),
    audio: Object.values(manifest.mediaGroups.AUDIO).flatMap(Object.values).map(audio => audio.uri),
  };
}

function hlsParserMedia(text) {
  const playlist = HLS.parse(text);
  return {
    targetDuration: playlist.targetDuration, type: playlist.playlistType, ended: playlist.endlist,
    iframesOnly: Boolean(playlist.isIFrame), independentSegments: playlist.independentSegments,
    segments: playlist.segments.map(({ uri, duration, byterange, map }) => segment(uri, duration, byterange, map)),
  };
}

function m3u8ParserMedia(text) {
  const manifest = m3u8Parser(text);
  return {
    targetDuration: manifest.targetDuration, type: manifest.playlistType, ended: manifest.endList,
    iframesOnly: Boolean(manifest.iFramesOnly), independentSegments: manifest.independentSegments,
    segments: manifest.segments.map(({ uri, duration, byterange, map }) => segment(uri, duration, byterange, map)),
  };
}

const segment = (uri, duration, byterange, map) => ({
  uri, duration, range: byterange ? { length: byterange.length, offset: byterange.offset } : null, map: map?.uri ?? null,
});

export const readers = {
  'hls-parser': { master: hlsParserMaster, media: hlsParserMedia },
  'm3u8-parser': { master: m3u8ParserMaster, media: m3u8ParserMedia },
};
