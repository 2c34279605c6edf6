import assert from 'node:assert/strict';
import { BlockBlobClient } from '@azure/storage-blob';
import { Api } from './api.mjs';
import { makeClip } from './clips.mjs';
import { startHttpProxy } from './http-proxy.mjs';
import { Person } from './person.mjs';
import { until } from './processes.mjs';
import { startWorld } from './world.mjs';

/**
 * The host, and people who reach it through a proxy (`site`) as it reaches its storage through another (`storage`):
 * either can hold up or lose exactly one thing. Notices are repeated every second; jobs are as small as can be.
 */
export async function startScene(settings = {}) {
  const site = await startHttpProxy();
  let world;
  const stop = async () => {
    await site.stop();
    await world?.stop();
  };
  try {
    world = await startWorld({
      'Vod:WebPubSub:Endpoint': site.url,
      'Vod:Notifications:PushAgainAfter:0': '00:00:01',
      'Vod:Transcoding:Ladder:0:ShortSide': '64',
      'Vod:Transcoding:Ladder:0:Bitrate': '100k',
      ...settings,
    }, { storageProxy: true });
    site.forwardTo(world.url);
    const clips = {
      good: await makeClip({ size: '96x64', rate: 10, seconds: 0.5, sound: false }),
      rejected: Buffer.from('This is no video, whatever its name says.'),
    };
    return new Scene(world, site, clips, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

class Scene {
  constructor(world, site, clips, stop) {
    Object.assign(this, { world, site, clips, stop, storage: world.storageProxy });
  }

  /** Somebody new: users have nothing in common, so that cases can run side by side. */
  async person(name) {
    return new Person(name, (await Api.signIn(this.world.url, name)).through(this.site.url));
  }

  /** Stores a whole upload, as a page does it in one go. */
  async upload(api, clip) {
    const ticket = await api.ticket(clip.length);
    await new BlockBlobClient(ticket.uploadUrl).uploadData(clip);
    return ticket.videoId;
  }

  /** Settles when the job of a video has ended, and says how. */
  async jobEnd(videoId) {
    return until(`the job of ${videoId} ends`, async () => {
      // Some have no record for a moment: a job is there only when the storage's trigger has started it.
      const { job } = await this.storage.readRecord(videoId);
      return job && job.status !== 'PENDING' && job.status;
    }, { everyMs: 100 });
  }

  /** Settles when the notice of a video has come to a status. */
  notice(videoId, status) {
    return until(`the notice of ${videoId} is ${status}`,
      async () => (await this.storage.readRecord(videoId)).notification?.status === status, { everyMs: 100 });
  }

  /** Requests of a page, for the rules of `site`: acknowledgements of a video, on their way to the host or (`after`) back. */
  acknowledgements(videoId, after = false) {
    return { after, matches: ({ method, url }) => method === 'POST' && url === `/api/notifications/${videoId}/ack` };
  }

  /** Requests for the list of what somebody missed. */
  listings(person) {
    return { matches: ({ method, url, headers }) => method === 'GET' && url.startsWith('/api/notifications')
      && subjectOf(headers.authorization) === person.name };
  }

  /** Somebody's WebSockets. */
  sockets(person) {
    return { matches: ({ url }) => url.startsWith('/client/')
      && subjectOf(new URL(url, this.site.url).searchParams.get('access_token')) === person.name };
  }

  /** What every case ends with: seen once, COMPLETED, nothing left over, and nothing pushed any more. */
  async assertOver(person, page, videoId, jobStatus, clock) {
    await until(`${person.name} has the acknowledgement confirmed`, () => person.seen(videoId) > 0 && person.owed.size === 0);
    const video = await person.api.call('GET', `videos/${videoId}`);
    assert.deepEqual([video.job.status, video.notification.status], [jobStatus, 'COMPLETED']);
    assert.deepEqual(person.shown.map(notice => notice.notificationId), [`${videoId}-1`], 'seen once');
    assert.deepEqual((await person.api.call('GET', 'notifications')).items, []);
    assert.equal(await this.storage.hasEntry(videoId), false, 'the list of notices has no entry of it');

    // The page is there to hear what would come. The first tick settles what was on its way.
    await until('the page is connected', () => page.connected);
    await clock.tick();
    const pushed = page.pushed(videoId);
    await clock.tick(2);
    assert.equal(page.pushed(videoId), pushed, 'an acknowledged notice does not come again');
    assert.equal(person.seen(videoId), 1);
  }

  /** Somebody whose notice is never acknowledged: while it is repeated, another that were still to come would come too. */
  async startClock() {
    const person = await this.person('clock');
    const videoId = await this.upload(person.api, this.clips.rejected);
    this.site.lose(this.acknowledgements(videoId));
    const page = await person.open();
    await person.api.post(videoId);
    return {
      tick: (times = 1) => {
        const end = page.pushed(videoId) + times;
        return until('the clock ticks', () => page.pushed(videoId) >= end);
      },
      stop: () => page.close(),
    };
  }
}

function subjectOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).sub;
}
