// `@azure/web-pubsub-client`, unchanged, on a network that fails: what each of its protocols promises, and no more than once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';
import { closeCode } from './support/handshake.mjs';
import { inSeconds, sign } from './support/jwt.mjs';
import { Listener } from './support/listener.mjs';
import { until } from './support/processes.mjs';
import { listen, startWebPubSub, through } from './support/web-pubsub.mjs';

const all = process.env.VOD_TEST_ALL === '1';
const protocols = { plain: WebPubSubJsonProtocol(), reliable: WebPubSubJsonReliableProtocol() };
const roles = ['webpubsub.joinLeaveGroup', 'webpubsub.sendToGroup'];
const upTo = (end, from = 0) => Array.from({ length: end - from }, (_, n) => from + n);

/** Sends numbers to a user and, each other one, to a group. */
async function send(hub, numbers) {
  for (const n of numbers) await (n % 2 ? hub.group('cats').sendToAll(n) : hub.sendToUser('kim', n));
}

/** A user who is in a group, on a network of its own. */
async function member(t, service, hubName, options) {
  const [hub, network] = [service.hub(hubName), await service.network()];
  const listener = await listen(t, hub, network, { userId: 'kim', roles, ...options });
  await listener.client.joinGroup('cats');
  return { hub, network, listener };
}

/** Destroys the client's sockets. It can come back at once where `url` is given. */
function cutOff(network, url = null) {
  network.forwardTo(url);
  assert.equal(network.cut(), 1);
}

describe('A client that is cut', { concurrency: true }, () => {
  let service;
  before(async () => { service = await startWebPubSub({ 'Logging:LogLevel:VodFunctions.WebPubSubEmulator': 'Debug' }); });
  after(() => service?.stop());

  test('gets every message once and in order over the reliable protocol, on the same connection', async t => {
    const { hub, network, listener } = await member(t, service, 'cuts');
    const connection = listener.connectionId;
    const rounds = 6;
    for (let round = 0; round < rounds; round++) {
      await send(hub, upTo(40 * round + 10, 40 * round));
      // Each other time it cannot come back at once.
      const away = round % 2 === 1;
      cutOff(network, away ? null : service.world.url);
      await send(hub, upTo(40 * round + 40, 40 * round + 10));
      network.forwardTo(service.world.url);
      await listener.confirmed(round + 2);
      await listener.received(40 * (round + 1));
    }
    // What it sends goes to the same group as before.
    await listener.client.sendToGroup('cats', 40 * rounds, 'json');
    assert.deepEqual(await listener.received(40 * rounds + 1), upTo(40 * rounds + 1));
    assert.equal(listener.messages.at(-1).fromUserId, 'kim');
    assert.deepEqual([listener.urls, listener.connections.length, listener.disconnections], [1, 1, []]);
    assert.ok(await hub.connectionExists(connection));
  });

  test('has what it sends itself carried out once over the reliable protocol', async t => {
    const { hub, network, listener } = await member(
      t, service, 'sends', { messageRetryOptions: { maxRetries: 60, retryDelayInMs: 100 } });
    const witness = await listen(t, hub, await service.network(), { userId: 'witness', groups: ['cats'] });
    for (let round = 0; round < 3; round++) {
      // The service carries it out, and the client hears nothing of it and sends it again.
      network.stall({ answersOnly: true });
      const sending = upTo(20 * (round + 1), 20 * round).map(n =>
        listener.client.sendToGroup('cats', n, 'json', { ackId: 1000 + n }));
      await witness.received(20 * (round + 1));
      cutOff(network, service.world.url);
      network.resume();
      assert.ok((await Promise.all(sending)).every(each => each.isDuplicated));
    }
    await hub.group('cats').sendToAll(60);
    assert.deepEqual(await witness.received(61), upTo(61));
    assert.deepEqual(await listener.received(61), upTo(61));
    assert.deepEqual([listener.urls, listener.frames.connected], [1, 4]);
  });

  test('over the plain protocol gets a new connection, rejoins, and misses only what was sent while it was away', async t => {
    const { hub, network, listener } = await member(t, service, 'plain', { protocol: protocols.plain });
    const first = listener.connectionId;
    await send(hub, upTo(20));
    await listener.received(20);

    cutOff(network);
    await until('the service knows', async () => !await hub.connectionExists(first));
    await send(hub, upTo(40, 20));
    network.forwardTo(service.world.url);
    await listener.connected(2);
    await send(hub, upTo(60, 40));

    assert.deepEqual(await listener.received(40), [...upTo(20), ...upTo(60, 40)]);
    assert.notEqual(listener.connectionId, first);
    assert.ok(listener.urls >= 2, 'a URL for each connection');
    assert.deepEqual(listener.disconnections, [{ connectionId: first, message: undefined }]);
    assert.deepEqual(listener.rejoinFailures, []);
  });

  test('doubles nothing over the plain protocol while it is cut again and again', async t => {
    const { hub, network, listener } = await member(t, service, 'plain_cuts', { protocol: protocols.plain });
    for (let round = 0; round < 6; round++) {
      await send(hub, upTo(20 * round + 10, 20 * round));
      cutOff(network, service.world.url);
      await send(hub, upTo(20 * round + 20, 20 * round + 10));
      await listener.connected(round + 2);
    }
    await send(hub, [120]);
    await until('the last number', () => listener.data.at(-1) === 120);
    assert.deepEqual(listener.data, [...new Set(listener.data)].sort((a, b) => a - b), 'each at most once, in order');
    assert.deepEqual(new Set(listener.connections.map(each => each.connectionId)).size, 7);
  });

  for (const [kind, protocol] of Object.entries(protocols)) {
    test(`notices nothing of a stall that ends in time over the ${kind} protocol`, async t => {
      const { hub, network, listener } = await member(t, service, `stall_${kind}`, { protocol });
      for (let round = 0; round < 3; round++) {
        await send(hub, upTo(30 * round + 10, 30 * round));
        network.stall();
        const held = listener.client.sendEvent('held', '', 'text');
        await send(hub, upTo(30 * round + 30, 30 * round + 10));
        assert.ok(listener.messages.length <= 30 * round + 10, 'the network holds messages back');
        network.resume();
        await held;
        assert.deepEqual(await listener.received(30 * (round + 1)), upTo(30 * (round + 1)));
      }
      assert.deepEqual([listener.urls, listener.frames.connected], [1, 1]);
    });
  }

  test('recovers when it has given up a stalled socket, and gets every message once', async t => {
    const { hub, network, listener } = await member(
      t, service, 'keep_alive', { keepAliveIntervalInMs: 300, keepAliveTimeoutInMs: 5000 });
    await send(hub, upTo(10));
    await listener.received(10);
    network.stall();
    await send(hub, upTo(30, 10));
    await listener.gaveUp();
    await send(hub, upTo(50, 30));
    // Its old socket ends without a word, as behind a router that has forgotten it.
    assert.equal(network.cut(), 1);
    network.resume();
    await listener.confirmed(2);
    await send(hub, upTo(60, 50));
    assert.deepEqual(await listener.received(60), upTo(60));
    assert.deepEqual([listener.urls, listener.connections.length], [1, 1]);
  });

  for (const [kind, protocol] of Object.entries(protocols)) {
    test(`comes back when its goodbye to a stalled socket still arrives, over the ${kind} protocol`, async t => {
      const { hub, network, listener } = await member(
        t, service, `goodbye_${kind}`, { protocol, keepAliveIntervalInMs: 300, keepAliveTimeoutInMs: 5000 });
      const first = listener.connectionId;
      await send(hub, upTo(10));
      network.stall();
      await send(hub, upTo(30, 10));
      await listener.gaveUp();
      // Now the service reads the close frame, and what was under way before it is still delivered.
      network.resume();
      await listener.confirmed(2);
      if (!protocol.isReliableSubProtocol) await listener.connected(2);
      await send(hub, upTo(40, 30));
      assert.deepEqual(await listener.received(40), upTo(40));
      const connections = protocol.isReliableSubProtocol ? 1 : 2;
      assert.deepEqual([listener.urls, listener.connections.length], [connections, connections]);
      assert.equal(await hub.connectionExists(first), protocol.isReliableSubProtocol);
    });
  }

  test('gets 1,000 messages that have waited for it', async t => {
    const { hub, network, listener } = await member(t, service, 'full', { keepAliveIntervalInMs: 20 });
    cutOff(network);
    await send(hub, upTo(1000));
    network.forwardTo(service.world.url);
    assert.deepEqual(await listener.received(1000), upTo(1000));
    // Before it has acknowledged what it got, which makes room again.
    await listener.client.sendEvent('here', '', 'text');
    assert.deepEqual([listener.urls, listener.connections.length], [1, 1]);
  });

  test('gets a new connection when more than 1,000 have waited for it', async t => {
    const { hub, network, listener } = await member(t, service, 'overflow');
    const first = listener.connectionId;
    await send(hub, upTo(10));
    await listener.received(10);
    cutOff(network);
    await send(hub, upTo(1020, 10));
    network.forwardTo(service.world.url);
    await listener.connected(2);
    await send(hub, upTo(1030, 1020));

    assert.deepEqual(await listener.received(20), [...upTo(10), ...upTo(1030, 1020)]);
    assert.notEqual(listener.connectionId, first);
    assert.equal(listener.urls, 2);
    assert.deepEqual(listener.disconnections.map(each => each.connectionId), [first]);
    assert.equal(await hub.connectionExists(first), false);
  });

  test('gets a new connection when a server has closed the old one meanwhile', async t => {
    const { hub, network, listener } = await member(t, service, 'closed');
    const first = listener.connectionId;
    cutOff(network);
    await hub.closeConnection(first, { reason: 'nobody hears it' });
    assert.equal(await hub.connectionExists(first), false);
    network.forwardTo(service.world.url);
    await listener.connected(2);
    assert.notEqual(listener.connectionId, first);
    assert.equal(listener.urls, 2);
  });

  test('recovers by its reconnection token when its access token has expired meanwhile', async t => {
    const [hub, network] = [service.hub('expired'), await service.network()];
    const exp = inSeconds(3);
    const aud = 'http://web-pubsub.test/client/hubs/expired';
    const token = sign({ aud, sub: 'kim', role: roles, iat: exp - 60, exp }, service.accessKey);
    const url = through(network, `ws://web-pubsub.test/client/hubs/expired?access_token=${token}`);
    const listener = new Listener(async () => url);
    t.after(() => listener.stop());
    await listener.start();
    await listener.client.joinGroup('cats');
    await until('the token has expired', () => Date.now() > exp * 1000 + 1000);
    await assert.rejects(new Listener(async () => url).start(), /401/, 'it opens no new connection');

    await until('only the first connection is there', () => network.connections === 1);
    cutOff(network, service.world.url);
    await send(hub, upTo(20));
    await listener.confirmed(2);
    assert.deepEqual(await listener.received(20), upTo(20));
    assert.deepEqual([listener.urls, listener.connections.length], [1, 1]);
  });

  test('is recovered by the token that it has when the answer with the next one never arrives', async t => {
    const { hub, network, listener } = await member(t, service, 'answers');
    const attached = () => service.world.log().match(/connected to hub answers,/g).length;
    for (let round = 0; round < 3; round++) {
      await send(hub, upTo(10 * round + 5, 10 * round));
      const before = attached();
      network.stall({ answersOnly: true });
      cutOff(network, service.world.url);
      await until('the service has taken it back', () => attached() > before);
      cutOff(network, service.world.url);
      network.resume();
      await send(hub, upTo(10 * round + 10, 10 * round + 5));
      assert.deepEqual(await listener.received(10 * (round + 1)), upTo(10 * (round + 1)));
    }
    assert.deepEqual([listener.urls, listener.frames.connected], [1, 4]);
  });

  test('keeps its connection when it is cut at sixty random moments', { skip: !all && 'long' }, async t => {
    const { hub, network, listener } = await member(t, service, 'random');
    for (let cut = 0; cut < 60; cut++) {
      await send(hub, upTo(20 * cut + 10, 20 * cut));
      cutOff(network, service.world.url);
      await delay(Math.random() * 12);
      network.cut();
      await send(hub, upTo(20 * cut + 20, 20 * cut + 10));
      assert.deepEqual(await listener.received(20 * (cut + 1)), upTo(20 * (cut + 1)));
      await until('it is back', () => network.connections === 1);
    }
    assert.deepEqual([listener.urls, listener.connections.length], [1, 1]);
    t.diagnostic(`${listener.frames.connected - 1} recoveries were told of`);
  });
});

describe('A client whose connection the service has forgotten', () => {
  let service;
  before(async () => { service = await startWebPubSub({ 'Vod:WebPubSub:RecoveryWindow': '00:00:01' }); });
  after(() => service?.stop());

  test('is refused with 1008 after the recovery window, asks for a new URL and rejoins its groups', async t => {
    const { hub, network, listener } = await member(t, service, 'window');
    const first = listener.connectionId;
    await send(hub, upTo(10));
    await listener.received(10);
    cutOff(network);
    await send(hub, upTo(20, 10));
    await until('the window has passed', async () => !await hub.connectionExists(first));
    assert.equal(await hub.userExists('kim'), false);
    assert.equal(await hub.groupExists('cats'), false);
    assert.equal(await closeCode(listener.recoveryUrl.replace(new URL(network.url).host, new URL(service.world.url).host)), 1008);
    network.forwardTo(service.world.url);

    await listener.connected(2);
    await send(hub, upTo(30, 20));
    assert.deepEqual(await listener.received(20), [...upTo(10), ...upTo(30, 20)]);
    assert.deepEqual([listener.urls, listener.disconnections.map(each => each.connectionId)], [2, [first]]);
    assert.notEqual(listener.connectionId, first);
  });

  for (const how of ['stopped', 'killed']) {
    test(`comes back when the host is ${how} and started again, over both protocols`, async t => {
      // On its own port, with no network between.
      const hub = service.hub(`host_${how}`);
      const listeners = await Promise.all(Object.entries(protocols).map(([kind, protocol]) =>
        listen(t, hub, service.world, { protocol, userId: kind, roles })));
      for (const { client } of listeners) await client.joinGroup('cats');
      await send(hub, upTo(10).filter(n => n % 2));
      await Promise.all(listeners.map(each => each.received(5)));
      const lastUrls = listeners.map(each => each.recoveryUrl);

      await (how === 'killed' ? service.world.kill() : service.world.stopHost());
      await service.world.startAgain();
      await Promise.all(listeners.map(each => each.connected(2)));
      await hub.group('cats').sendToAll('again');

      for (const [n, listener] of listeners.entries()) {
        assert.deepEqual(await listener.received(6), [1, 3, 5, 7, 9, 'again']);
        assert.equal(new Set(listener.connections.map(each => each.connectionId)).size, 2);
        assert.deepEqual(listener.rejoinFailures, []);
        if (lastUrls[n].includes('undefined')) assert.ok(listener.urls >= 2);
        else assert.deepEqual([listener.urls, await closeCode(lastUrls[n])], [2, 1008]);
      }
    });
  }
});
