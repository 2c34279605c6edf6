import { BlockBlobClient } from '@azure/storage-blob';
import { makeClip } from '../../support/clips.mjs';
import { until } from '../../support/processes.mjs';

/** Settings of a host whose jobs are as small as can be. */
export const smallJobs = {
  'Vod:Transcoding:Ladder:0:ShortSide': '64',
  'Vod:Transcoding:Ladder:0:Bitrate': '100k',
  'Vod:Uploads:PerOwnerAndDay': '1000',
};

/** The bytes of a clip that makes the smallest of jobs. */
export const tinyClip = () => makeClip({ size: '96x64', rate: 10, seconds: 0.5, sound: false });

/** Stores a whole upload, as a page does it in one go, and gives its video's id. */
export async function upload(api, bytes, fileName = 'clip.mp4') {
  const ticket = await api.ticket(bytes.length, fileName);
  await new BlockBlobClient(ticket.uploadUrl).uploadData(bytes);
  return ticket.videoId;
}

/**
 * A video whose job stays where it has made its files, until it is let go on.
 * @param site started with `{ storageProxy: true }`
 */
export async function startJobThatStays(site, api, bytes, fileName) {
  const ticket = await api.ticket(bytes.length, fileName);
  const hold = site.world.storageProxy.holdRecord(ticket.videoId, ({ job }) => job?.step === 'publish' || job?.step === 'done');
  await new BlockBlobClient(ticket.uploadUrl).uploadData(bytes);
  await hold.reached;
  return { videoId: ticket.videoId, goOn: () => hold.release() };
}

/** Puts a post into the feed for each text, the last one on top. */
export async function publish(api, bytes, texts) {
  const videoIds = await Promise.all(texts.map(() => upload(api, bytes)));
  for (const videoId of videoIds) await api.completed(videoId);
  const posts = [];
  for (const [i, text] of texts.entries()) posts.push({ text, videoId: videoIds[i], ...await api.post(videoIds[i], text) });
  for (const post of posts) await inFeed(api, post.feedId);
  return posts;
}

/** Settles when a post is in the feed. */
export function inFeed(api, feedId) {
  return until(`${feedId} is in the feed`, async () => (await feed(api)).some(item => item.feedId === feedId),
    { everyMs: 100 });
}

/** The whole feed, as the API has it. */
export async function feed(api) {
  const all = [];
  for (let cursor = null; ;) {
    const page = await api.call('GET', `feeds?limit=50${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...page.items);
    cursor = page.cursor;
    if (cursor === null) return all;
  }
}

/** What a page would answer if it could be asked: the API's own words for a refusal. */
export function problem(status, code) {
  return { status, contentType: 'application/problem+json', body: JSON.stringify({ status, code, title: code }) };
}
