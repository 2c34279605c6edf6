// A user can neither receive nor acknowledge another's notice, nor join a group without its role: tried, and refused.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebPubSubClient, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';
import { until } from './support/processes.mjs';
import { startScene } from './support/scene.mjs';
import { noHost } from './support/world.mjs';

// The client's own pace of keep-alive, 20 s, would hold the process that long after it has stopped.
const options = {
  autoReconnect: false, messageRetryOptions: { maxRetries: 0 }, keepAliveIntervalInMs: 1000, keepAliveTimeoutInMs: 10_000,
};

describe("A stranger to somebody's notice", { skip: noHost }, () => {
  let scene, owner, stranger, ownersPage, videoId;

  before(async () => {
    scene = await startScene();
    owner = await scene.person('owner');
    stranger = await scene.person('stranger');
    ownersPage = await owner.open();
    await until('the page is connected', () => ownersPage.connected);
    videoId = await scene.upload(owner.api, scene.clips.rejected);
    scene.site.lose(scene.acknowledgements(videoId)); // So that the notice goes on being pushed.
    await owner.api.post(videoId);
    await until('it is pushed', () => ownersPage.pushed(videoId) > 0);
  });
  after(async () => {
    await ownersPage?.close();
    await scene?.stop();
  });

  /** Settles when the owner has got the notice so many times more. */
  function pushes(times) {
    const end = ownersPage.pushed(videoId) + times;
    return until('the owner gets the notice again', () => ownersPage.pushed(videoId) >= end);
  }

  const urlFor = async person => (await person.api.call('POST', 'notifications/connect')).url;

  test('receives nothing of it, while the owner does and the stranger gets what is theirs', async t => {
    const page = await stranger.open();
    t.after(() => page.close());
    await until('the page is connected', () => page.connected);
    const own = await scene.upload(stranger.api, scene.clips.rejected);
    await stranger.api.post(own);
    await until('the stranger gets their own notice', () => page.pushed(own) > 0);
    await pushes(2);
    assert.deepEqual([...new Set(page.frames.map(frame => frame.videoId))], [own]);
    assert.deepEqual(stranger.shown.map(notice => notice.videoId), [own]);
    assert.equal(ownersPage.pushed(own), 0);
  });

  test('cannot acknowledge it, nor see it', async () => {
    for (const body of [undefined, { notificationId: `${videoId}-1` }]) {
      // Past the proxy, which loses these for the sake of the other tests.
      const answer = await stranger.api.through(scene.world.url).send('POST', `notifications/${videoId}/ack`, body);
      assert.equal(answer.status, 404);
      assert.equal((await answer.json()).code, (await unknownVideo()).code, 'as for a video that is not there');
    }
    const { items } = await stranger.api.call('GET', 'notifications');
    assert.ok(items.every(item => item.videoId !== videoId));
    assert.equal((await stranger.api.send('GET', `videos/${videoId}`)).status, 404);
    assert.equal((await scene.storage.readRecord(videoId)).notification.status, 'SENT');
    await pushes(1);
  });

  test('joins no group and sends to none, and hears nothing of those that have such names', async t => {
    const client = new WebPubSubClient(await urlFor(stranger), options);
    const heard = [];
    client.on('server-message', ({ message }) => heard.push(message));
    client.on('group-message', ({ message }) => heard.push(message));
    await start(client, t);
    for (const group of ['owner', 'users/owner', 'notices', videoId, `${videoId}-1`]) {
      const forbidden = error => error.errorDetail?.name === 'Forbidden';
      await assert.rejects(client.joinGroup(group), forbidden, `join ${group}`);
      const forged = client.sendToGroup(group, { type: 'video.completed', videoId }, 'json');
      await assert.rejects(forged, forbidden, `send to ${group}`);
      await assert.rejects(client.leaveGroup(group), forbidden, `leave ${group}`);
    }
    await pushes(2);
    assert.ok(heard.every(message => message.data.videoId !== videoId));
  });

  test("cannot make the owner's URL of their own", async t => {
    const [own, owners] = [new URL(await urlFor(stranger)), new URL(await urlFor(owner))];
    const [header, payload, signature] = own.searchParams.get('access_token').split('.');
    const owned = owners.searchParams.get('access_token').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url'));
    assert.equal(claims.sub, 'stranger');
    const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');
    const asOwner = encode({ ...claims, sub: 'owner' });
    const unsigned = encode({ alg: 'none', typ: 'JWT' });
    const otherSignature = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
    const tokens = {
      "the owner's name under the stranger's signature": [header, asOwner, signature],
      "the stranger's claims under the owner's signature": [owned[0], payload, owned[2]],
      'a role added': [header, encode({ ...claims, role: 'webpubsub.joinLeaveGroup' }), signature],
      'a signature that is changed': [header, payload, otherSignature],
      'no signature': [header, asOwner, ''],
      'said to need none': [unsigned, asOwner, ''],
      'said to need none, with one': [unsigned, asOwner, signature],
    };
    const attempt = token => {
      const url = new URL(own);
      url.searchParams.set('access_token', token);
      return new WebPubSubClient(url.href, options);
    };
    for (const [what, token] of Object.entries(tokens)) {
      await assert.rejects(attempt(token.join('.')).start(), /\b401\b/, what);
    }
    await start(attempt([header, payload, signature].join('.')), t); // As it was, it is good.
  });

  // Who has a reconnection token has the connection, as with the service: it is a secret of that one connection.
  test("cannot take over the owner's connection with its id and any reconnection token but its own", async t => {
    const [owners, strangers] = [await listen(owner, t), await listen(stranger, t)];
    const [{ connectionId, reconnectionToken }] = owners.greetings;
    const wrong = reconnectionToken.replace(/^./, first => first === '0' ? '1' : '0');
    const attempts = {
      'a token that is wrong': [stranger, wrong],
      "the owner's access token, and a reconnection token that is wrong": [owner, wrong],
      'no token': [stranger, ''],
      "the token of the stranger's own connection": [stranger, strangers.greetings[0].reconnectionToken],
    };
    for (const [what, [person, token]] of Object.entries(attempts)) {
      const url = new URL(await urlFor(person));
      url.searchParams.set('awps_connection_id', connectionId);
      url.searchParams.set('awps_reconnection_token', token);
      const taken = heard();
      const client = new WebPubSubClient(url.href, { ...options, protocol: taken.protocol });
      let sentAway = false;
      client.on('stopped', () => { sentAway = true; });
      t.after(() => client.stop());
      await client.start(); // It is accepted and closed at once: that tells a client that there is nothing to recover.
      await until(`the client with ${what} is sent away`, () => sentAway);
      assert.deepEqual([taken.greetings, taken.messages], [[], []], what);
    }

    // The owner's connection is not touched by any of it.
    const before = owners.messages.length;
    await until('the owner goes on', () => owners.messages.length > before + 1);
    assert.equal(owners.greetings.length, 1);
  });

  async function unknownVideo() {
    const answer = await stranger.api.send('POST', `notifications/${'0'.repeat(32)}/ack`);
    assert.equal(answer.status, 404);
    return answer.json();
  }

  async function listen(person, t) {
    const notes = heard();
    await start(new WebPubSubClient(await urlFor(person), { ...options, protocol: notes.protocol }), t);
    return notes;
  }

  /** Starts a client, and stops it when the test has ended. */
  async function start(client, t) {
    const greeted = new Promise(resolve => client.on('connected', resolve));
    t.after(() => client.stop());
    await client.start();
    await greeted;
  }
});

/** The reliable protocol, which notes how its client is greeted and what is pushed to it. */
function heard() {
  const reliable = WebPubSubJsonReliableProtocol();
  const protocol = { ...reliable, parseMessages, writeMessage: message => reliable.writeMessage(message) };
  const notes = { greetings: [], messages: [], protocol };
  return notes;

  function parseMessages(input) {
    const parsed = reliable.parseMessages(input);
    if (parsed?.kind === 'connected') notes.greetings.push(parsed);
    if (parsed?.kind === 'serverData') notes.messages.push(parsed);
    return parsed;
  }
}
