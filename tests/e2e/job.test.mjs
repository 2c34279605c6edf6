// The whole job as the site's page does it, with the official clients: ticket, upload, post, progress, notice, ack.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BlockBlobClient } from '@azure/storage-blob';
import { WebPubSubJsonProtocol } from '@azure/web-pubsub-client';
import { Api } from './support/api.mjs';
import { makeClip } from './support/clips.mjs';
import { Notices } from './support/notices.mjs';
import { noHost, startWorld } from './support/world.mjs';

describe('The whole job with @azure/storage-blob and @azure/web-pubsub-client', { skip: noHost, concurrency: true }, () => {
  let world, clip;

  before(async () => {
    world = await startWorld({ 'Vod:Notifications:PushAgainAfter:0': '00:00:01' });
    clip = await makeClip({ seconds: 3 });
  });
  after(() => world?.stop());

  const protocols = { 'json.webpubsub.azure.v1': WebPubSubJsonProtocol(), 'the default, reliable protocol': undefined };
  for (const [name, protocol] of Object.entries(protocols)) {
    test(`Over ${name} the notice comes until it is acknowledged`, async () => {
      const api = await Api.signIn(world.url, `uploader-${name.length}`);
      const notices = await Notices.listen(api, protocol);
      try {
        await walkThrough(api, notices);
      } finally {
        notices.stop();
      }
    });
  }

  async function walkThrough(api, notices) {
    const first = await upload(api);
    const { feedId } = await api.post(first);
    const second = await upload(api);
    await api.post(second);

    // Not acknowledged, it comes again, with the same id: more than one is the same notice.
    const [notice] = await notices.atLeast(2, first, 'video.completed');
    assert.equal(notice.notificationId, `${first}-1`);
    assert.equal(notice.feedId, feedId);
    assert.ok(notices.of(first, 'video.completed').every(each => each.notificationId === notice.notificationId));
    assert.equal((await fetch(new URL(notice.playback.master, world.url))).status, 200);
    const progress = notices.of(first, 'video.progress');
    assert.ok(progress.length > 0, 'progress is pushed');
    assert.ok(progress.every(each => each.percent >= 0 && each.percent <= 100));
    assert.ok(progress.every(each => typeof each.step === 'string' && typeof each.part === 'string'));

    assert.deepEqual((await api.call('GET', 'notifications')).items.map(item => item.videoId).filter(id => id === first), [first]);
    // One that names a notice of the future, or of the other video, acknowledges nothing.
    for (const notificationId of [`${first}-2`, `${second}-1`]) {
      assert.equal((await api.send('POST', `notifications/${first}/ack`, { notificationId })).status, 400);
    }
    await api.acknowledge(notice);
    await api.acknowledge(notice);
    const video = await api.call('GET', `videos/${first}`);
    assert.deepEqual([video.job.status, video.notification.status], ['COMPLETED', 'COMPLETED']);
    assert.ok((await api.call('GET', 'notifications')).items.every(item => item.videoId !== first));

    // The other video's notice is the clock: while it comes three times more, this one does not come again. The first of
    // the three settles what was on its way when the acknowledgement was stored.
    const others = () => notices.of(second, 'video.completed').length;
    await notices.atLeast(others() + 1, second, 'video.completed');
    const seen = notices.of(first, 'video.completed').length;
    const [other] = await notices.atLeast(others() + 2, second, 'video.completed');
    assert.equal(notices.of(first, 'video.completed').length, seen, 'an acknowledged notice does not come again');
    await api.acknowledge(other);
    assert.deepEqual((await api.call('GET', 'notifications')).items, []);

    // Two users are at it at once: neither hears of the other, nor can acknowledge for the other.
    assert.ok(notices.messages.every(message => [first, second].includes(message.videoId)));
    const stranger = await Api.signIn(world.url, 'stranger');
    assert.equal((await stranger.send('POST', `notifications/${first}/ack`)).status, 404);

    const feed = await (await fetch(`${world.url}/api/feeds`)).json();
    assert.ok(feed.items.some(item => item.feedId === feedId && item.videoId === first));
  }

  async function upload(api) {
    const ticket = await api.ticket(clip.length);
    await new BlockBlobClient(ticket.uploadUrl).uploadData(clip);
    return ticket.videoId;
  }
});
