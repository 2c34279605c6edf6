// What tests of notices need: videos whose notice is to come, and a record of what pages have shown.
import { BlockBlobClient } from '@azure/storage-blob';
import { makeClip } from '../../support/clips.mjs';
import { startHttpProxy } from '../../support/http-proxy.mjs';
import { until } from '../../support/processes.mjs';
import { startSite } from './site.mjs';

/**
 * The site, whose push service is reached through a proxy of its own (`pushes`), which can lose connections. A notice is
 * repeated every second, a lost connection can be recovered for a few seconds only, and small videos are made quickly.
 */
export async function startNoticeSite(settings = {}) {
  const pushes = await startHttpProxy();
  let site;
  const stop = async () => {
    await pushes.stop();
    await site?.stop();
  };
  try {
    site = await startSite({
      'Vod:WebPubSub:Endpoint': pushes.url,
      'Vod:WebPubSub:RecoveryWindow': '00:00:03',
      'Vod:Notifications:PushAgainAfter:0': '00:00:01',
      'Vod:Transcoding:Ladder:0:ShortSide': '240',
      'Vod:Transcoding:Ladder:0:Bitrate': '500k',
      'Vod:Transcoding:Ladder:1:ShortSide': '64',
      'Vod:Transcoding:Ladder:1:Bitrate': '100k',
      ...settings,
    });
    pushes.forwardTo(site.url);
    const clip = await makeClip({ size: '96x64', rate: 10, seconds: 0.5, sound: false });
    return { site, pushes, clip, url: site.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export const notAVideo = Buffer.from('This is no video, whatever its name says.');

/**
 * A video that is posted, and not uploaded yet: its notice is to come as soon as the job has ended.
 * @param {string | null} options.text of the post; null: it is not posted either
 */
export async function awaitedVideo(scene, user, { text = 'A clip', bytes = scene.clip } = {}) {
  const api = await scene.site.api(user);
  const { videoId, uploadUrl } = await api.ticket(bytes.length);
  if (text !== null) await api.post(videoId, text);
  const statusOf = async () => (await api.call('GET', `videos/${videoId}`)).notification?.status;
  return {
    api, videoId,
    upload: () => new BlockBlobClient(uploadUrl).uploadData(bytes),
    /** Once its notice has that status. */
    noticeIs: status => until(`the notice of ${videoId} is ${status}`, async () => await statusOf() === status),
  };
}

/**
 * What the pages of a profile show, in order, from page to page: the ids of the notices whose toasts are put on a page, and
 * the notices that their sockets receive.
 */
export async function watchToasts(page) {
  const context = page.context(), watch = { shown: [], received: [], pages: [] };
  await context.exposeFunction('vodTestShown', id => watch.shown.push(id));
  await context.addInitScript(() => {
    new MutationObserver(records => {
      for (const node of records.flatMap(record => [...record.addedNodes])) {
        const id = node.dataset?.notice;
        if (id) globalThis.vodTestShown(id);
      }
    }).observe(document, { childList: true, subtree: true });
  });
  const listen = each => each.on('websocket', socket => socket.on('framereceived', ({ payload }) => {
    const { data } = JSON.parse(payload.toString());
    if (data?.notificationId) watch.received.push({ page: each, id: data.notificationId });
  }));
  for (const each of context.pages()) listen(each);
  context.on('page', listen);
  return watch;
}

/** How often a video's notice was shown. */
export const timesShown = (watch, videoId) => watch.shown.filter(id => id.startsWith(`${videoId}-`)).length;

/** How often a video's notice was pushed to a page. */
export const timesReceived = (watch, page, videoId) =>
  watch.received.filter(each => each.page === page && each.id.startsWith(`${videoId}-`)).length;

/** Lets a page believe that nobody looks at it, or somebody again. `prepareHiding` comes before its first load. */
export const prepareHiding = context => context.addInitScript(() => {
  Object.defineProperty(Document.prototype, 'hidden', { get: () => globalThis.vodTestHidden === true });
  Object.defineProperty(Document.prototype, 'visibilityState', { get: () => document.hidden ? 'hidden' : 'visible' });
});

export const hide = (page, hidden = true) => page.evaluate(now => {
  globalThis.vodTestHidden = now;
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);

/** The browser's own notices, recorded and not shown: headless browsers have none. */
export const recordBrowserNotices = (context, permission) => context.addInitScript(initial => {
  globalThis.vodTestNotices = [];
  globalThis.vodTestAsked = 0;
  globalThis.Notification = class {
    static permission = initial;
    static async requestPermission() {
      globalThis.vodTestAsked++;
      return globalThis.Notification.permission = 'granted';
    }
    constructor(title, options) { globalThis.vodTestNotices.push(Object.assign(this, { title, ...options })); }
    close() {}
  };
}, permission);
