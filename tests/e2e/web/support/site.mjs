import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BlockBlobClient } from '@azure/storage-blob';
import { Api } from '../../support/api.mjs';
import { startWorld } from '../../support/world.mjs';

const page = fileURLToPath(new URL('../../../../src/VodFunctions.Web/dist/index.html', import.meta.url));

/**
 * The host with the built site, on free ports.
 * @param {Record<string, string>} settings of the host: `Vod:Uploads:TicketLifetime` shortens what an upload URL lives,
 *   `Vod:Notifications:PushAgainAfter:0` the wait before a notice comes again
 * @param {object} options of `startWorld`
 */
export async function startSite(settings = {}, options = {}) {
  assert.ok(existsSync(page), 'The site is not built: run ./dev test, or npm run -w src/VodFunctions.Web build.');
  return new Site(await startWorld(settings, options));
}

class Site {
  constructor(world) {
    this.world = world;
  }

  get url() { return this.world.url; }

  /** The site's calls for a user, past the browser. */
  api(user) { return Api.signIn(this.url, user); }

  /**
   * A video that is there already, for tests of what comes after: uploaded, processed and posted past the browser.
   * @param {Buffer} clip
   * @returns {Promise<{videoId: string, feedId: string, video: object}>}
   */
  async publish(user, clip, { text = 'A clip', fileName = 'clip.mp4', seconds = 600 } = {}) {
    const api = await this.api(user);
    const { videoId, uploadUrl } = await api.ticket(clip.length, fileName);
    await new BlockBlobClient(uploadUrl).uploadData(clip);
    const { feedId } = await api.post(videoId, text);
    return { videoId, feedId, video: await api.completed(videoId, seconds) };
  }

  stop() { return this.world.stop(); }
}
