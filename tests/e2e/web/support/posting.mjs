import assert from 'node:assert/strict';
import { startBrowser } from './browser.mjs';
import { startNetwork } from './network.mjs';
import { assertStored, noteArrivals, Poster, startFiles } from './poster.mjs';
import { startSite } from './site.mjs';

export const blockBytes = 64 * 1024;
export const sizeBytes = 3_000_000;
export const lifetimeSeconds = 10;
export const ticketsADay = 3;
/** The most blocks that are on their way at once. */
export const mostLanes = 4;
/** What browsers report of a request that fails or is refused, where it is meant to. */
export const failedLoad = /^console\.error: (Failed to load resource|WebSocket connection to)/;

/** A site with small blocks, URLs that soon expire and small jobs, and people who post. */
export async function startPosting() {
  const [site, browser, files] = await Promise.all([
    startSite({
      'Vod:Uploads:BlockBytes': `${blockBytes}`, 'Vod:Uploads:TicketLifetime': `00:00:${lifetimeSeconds}`,
      'Vod:Uploads:PerOwnerAndDay': `${ticketsADay}`,
      'Vod:Transcoding:Ladder:0:ShortSide': '64', 'Vod:Transcoding:Ladder:0:Bitrate': '100k',
    }, { storageProxy: true }),
    startBrowser(), startFiles()]);
  return new Posting(site, browser, files);
}

class Posting {
  #people = 0;

  constructor(site, browser, files) {
    Object.assign(this, { site, browser, files, arrivals: noteArrivals(site) });
  }

  /** Somebody new on the post page, whose network carries that many megabits per second. */
  async poster(test, { mbps = null, ...options } = {}) {
    const user = `poster-${++this.#people}`, network = mbps && await startNetwork();
    network?.shape({ mbps });
    const page = await this.browser.newPage(test, { url: this.site.url, user, ...options, ...(network && { network }) });
    // After the page is closed.
    test.after(() => network?.stop());
    const who = Object.assign(new Poster(page, this.site, this.arrivals), { user, network });
    await who.open();
    return who;
  }

  video(name = `clip-${this.#people}.mp4`, bytes = sizeBytes) { return this.files.video(name, bytes); }

  /** Fails unless the storage has exactly that file as the newest of somebody's. */
  async assertStored(who, clip) { await assertStored(this.site, await who.videoId(who.user), clip.bytes); }

  /** In the middle: some blocks are stored, others are on their way, most are to come. There it stays, until `goFast`. */
  async midway(who, clip) {
    await who.choose(clip.path);
    await who.storedBlocks(8);
    who.network.shape({ mbps: 0.3 });
    assert.ok(who.stored.size < sizeBytes / blockBytes - mostLanes, 'there is a middle');
  }

  goFast(who) { who.network.unshape(); }

  async stop() {
    await this.browser.stop();
    await this.site.stop();
    await this.files.stop();
  }
}
