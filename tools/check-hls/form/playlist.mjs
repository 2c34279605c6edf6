// Playlists as RFC 8216 writes them. The checker reads them itself: what it judges must not depend on a reader's leniency.

/** `KEY=value,KEY="quoted, value"` as an object (RFC 8216 section 4.2). */
export function attributes(text) {
  const found = {};
  for (const [, name, quoted, plain] of text.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^",]*))/g)) found[name] = quoted ?? plain;
  return found;
}

/** Tags and URIs in order: `{ tag, value }` or `{ uri }`. */
function lines(text) {
  return text.split(/\r?\n/).filter(line => line.startsWith('#EXT') || (line && !line.startsWith('#'))).map(line => {
    if (!line.startsWith('#')) return { uri: line };
    const colon = line.indexOf(':');
    return colon < 0 ? { tag: line.slice(1), value: '' } : { tag: line.slice(1, colon), value: line.slice(colon + 1) };
  });
}

/** The master playlist: variants, I-frame variants and renditions with their attributes. */
export function parseMaster(text, url) {
  const master = { tags: new Set(), variants: [], iframes: [], media: [] };
  let pending = null;
  for (const { tag, value, uri } of lines(text)) {
    if (uri !== undefined) {
      if (pending) master.variants.push({ attributes: pending, url: new URL(uri, url).href });
      pending = null;
      continue;
    }
    master.tags.add(tag);
    if (tag === 'EXT-X-STREAM-INF') pending = attributes(value);
    if (tag === 'EXT-X-I-FRAME-STREAM-INF' || tag === 'EXT-X-MEDIA') {
      const found = attributes(value);
      const entry = { attributes: found, url: found.URI && new URL(found.URI, url).href };
      (tag === 'EXT-X-MEDIA' ? master.media : master.iframes).push(entry);
    }
  }
  return master;
}

/** A media or I-frame playlist: its tags, and its segments with duration, byte range and initialization section. */
export function parseMedia(text, url) {
  const playlist = { tags: new Map(), segments: [], mapUrl: null };
  let next = {};
  for (const { tag, value, uri } of lines(text)) {
    if (uri !== undefined) {
      playlist.segments.push({ ...next, url: new URL(uri, url).href, mapUrl: playlist.mapUrl });
      next = {};
    } else if (tag === 'EXTINF') {
      next.duration = Number.parseFloat(value);
    } else if (tag === 'EXT-X-BYTERANGE') {
      const [length, offset] = value.split('@').map(Number);
      next.range = { length, offset };
    } else if (tag === 'EXT-X-MAP') {
      playlist.mapUrl = new URL(attributes(value).URI, url).href;
    } else {
      playlist.tags.set(tag, value);
    }
  }
  playlist.targetDuration = Number(playlist.tags.get('EXT-X-TARGETDURATION'));
  playlist.seconds = playlist.segments.reduce((sum, segment) => sum + segment.duration, 0);
  return playlist;
}

/** The peak segment bitrate in bits per second (RFC 8216 section 4.1), at least the average. */
export function rates(sizes, durations, targetDuration) {
  const average = 8 * sizes.reduce((a, b) => a + b, 0) / durations.reduce((a, b) => a + b, 0);
  let peak = average;
  for (let first = 0; first < sizes.length; first++) {
    let [bytes, seconds] = [0, 0];
    for (let last = first; last < sizes.length && seconds <= 1.5 * targetDuration; last++) {
      bytes += sizes[last];
      seconds += durations[last];
      const counts = seconds >= 0.5 * targetDuration && seconds <= 1.5 * targetDuration;
      if (counts) peak = Math.max(peak, 8 * bytes / seconds);
    }
  }
  return { peak, average };
}
