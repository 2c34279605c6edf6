// What `@azure/web-pubsub-client`, unchanged, may and may not do, over both of its protocols.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';
import { handshake } from './support/handshake.mjs';
import { inSeconds, sign } from './support/jwt.mjs';
import { Listener } from './support/listener.mjs';
import { until } from './support/processes.mjs';
import { listen, startWebPubSub, through } from './support/web-pubsub.mjs';

let service, network;
before(async () => {
  service = await startWebPubSub();
  network = await service.network();
});
after(() => service?.stop());

const bytes = Uint8Array.of(0, 1, 127, 128, 255).buffer;
const forbidden = error => error.errorDetail?.name === 'Forbidden';

for (const protocol of [WebPubSubJsonProtocol(), WebPubSubJsonReliableProtocol()]) {
  const kind = protocol.isReliableSubProtocol ? 'reliable' : 'plain';
  describe(`Over ${protocol.name}`, { concurrency: true }, () => {
    const hubOf = name => service.hub(`${kind}_${name}`);

    test('each connection is told its own id, and the user id that its token names', async t => {
      const hub = hubOf('ids');
      const [first, second, nobody] = await Promise.all([
        listen(t, hub, network, { protocol, userId: 'kim' }),
        listen(t, hub, network, { protocol, userId: 'kim' }),
        listen(t, hub, network, { protocol }),
      ]);
      assert.deepEqual([first, second, nobody].map(each => each.connections[0].userId), ['kim', 'kim', undefined]);
      const ids = [first, second, nobody].map(each => each.connectionId);
      assert.equal(new Set(ids).size, 3);
      for (const id of ids) assert.ok(await hub.connectionExists(id), id);
    });

    test('JSON, text and bytes arrive as the server has sent them', async t => {
      const hub = hubOf('types');
      const listener = await listen(t, hub, network, { protocol, userId: 'kim' });
      const json = { text: '한국어 "quoted" \u2028 <b>', nested: { list: [1, 2.5, true, null] } };
      const sent = [
        ['json', json, { contentType: 'application/json' }],
        ['json', 'a string', {}],
        ['json', 0, {}],
        ['text', 'plain 😀\nwith lines', { contentType: 'text/plain' }],
        ['binary', bytes, {}],
      ];
      for (const [, content, options] of sent) await hub.sendToUser('kim', content, options);

      await listener.received(sent.length);
      const arrived = listener.messages.map(({ dataType, data }) => [dataType, data]);
      assert.deepEqual(arrived, sent.map(([type, content]) => [type, content]));
      assert.ok(listener.messages.every(({ kind: from, group }) => from === 'serverData' && group === undefined));
    });

    test('with its roles it joins a group, hears and sends there, and leaves', async t => {
      const hub = hubOf('groups');
      const roles = ['webpubsub.joinLeaveGroup.cats', 'webpubsub.sendToGroup.cats'];
      const [kim, lee] = await Promise.all(['kim', 'lee'].map(userId => listen(t, hub, network, { protocol, userId, roles })));
      assert.deepEqual(await kim.client.joinGroup('cats', { ackId: 100 }), { ackId: 100, isDuplicated: false });
      await lee.client.joinGroup('cats');

      await kim.client.sendToGroup('cats', { n: 1 }, 'json');
      await kim.client.sendToGroup('cats', 'two', 'text', { noEcho: true });
      await kim.client.sendToGroup('cats', bytes, 'binary', { fireAndForget: true });
      await lee.received(3);
      assert.deepEqual(lee.messages.map(({ group, fromUserId, dataType, data }) => [group, fromUserId, dataType, data]), [
        ['cats', 'kim', 'json', { n: 1 }], ['cats', 'kim', 'text', 'two'], ['cats', 'kim', 'binary', bytes],
      ]);
      assert.deepEqual(await kim.received(2), [{ n: 1 }, bytes]);

      await lee.client.leaveGroup('cats');
      await kim.client.sendToGroup('cats', 'without lee', 'text');
      await hub.sendToUser('lee', 'the next');
      assert.deepEqual((await lee.received(4))[3], 'the next');
      assert.deepEqual((await kim.received(3))[2], 'without lee');
    });

    test('groups in the token are joined without a role', async t => {
      const hub = hubOf('claims');
      const listener = await listen(t, hub, network, { protocol, userId: 'kim', groups: ['cats', '고양이'] });
      await hub.group('cats').sendToAll('to cats');
      await hub.group('고양이').sendToAll('to the others');
      assert.deepEqual(await listener.received(2), ['to cats', 'to the others']);
      assert.deepEqual(listener.messages.map(({ group }) => group), ['cats', '고양이']);
    });

    test('without the role for that group it is refused, and hears nothing', async t => {
      const hub = hubOf('roles');
      const roles = ['webpubsub.joinLeaveGroup.dogs', 'webpubsub.sendToGroup.dogs'];
      const [without, other, member] = await Promise.all([
        listen(t, hub, network, { protocol, userId: 'without' }),
        listen(t, hub, network, { protocol, userId: 'other', roles }),
        listen(t, hub, network, { protocol, userId: 'member', groups: ['cats'] }),
      ]);
      for (const { client } of [without, other]) {
        await assert.rejects(client.joinGroup('cats'), forbidden);
        await assert.rejects(client.leaveGroup('cats'), forbidden);
        await assert.rejects(client.sendToGroup('cats', 'x', 'text'), forbidden);
        await client.sendToGroup('cats', 'x', 'text', { fireAndForget: true });
      }
      await assert.rejects(member.client.sendToGroup('cats', 'x', 'text'), forbidden, 'a group in the token gives no role');
      await assert.rejects(member.client.leaveGroup('cats'), forbidden, 'a group in the token gives no role');

      await hub.group('cats').sendToAll('to members');
      await hub.sendToAll('to all');
      assert.deepEqual(await member.received(2), ['to members', 'to all']);
      assert.deepEqual([await without.received(1), await other.received(1)], [['to all'], ['to all']]);
    });

    test('events are acknowledged, and pings answered', async t => {
      const listener = await listen(t, hubOf('events'), network, { protocol, keepAliveIntervalInMs: 50 });
      const events = [[{ n: 1 }, 'json'], ['text', 'text'], [bytes, 'binary']];
      for (const [content, type] of events) {
        assert.equal((await listener.client.sendEvent('said', content, type)).isDuplicated, false);
      }
      await until('pings are answered', () => listener.frames.pong >= 3);
      assert.equal(listener.frames.connected, 1);
    });

    test('what has the same ack id is carried out once', async t => {
      const hub = hubOf('acks');
      const roles = ['webpubsub.joinLeaveGroup', 'webpubsub.sendToGroup'];
      const kim = await listen(t, hub, network, { protocol, userId: 'kim', roles, groups: ['cats'] });
      const send = (content, ackId) => kim.client.sendToGroup('cats', content, 'text', { ackId });
      assert.deepEqual(await send('first', 7), { ackId: 7, isDuplicated: false });
      assert.deepEqual(await send('again', 7), { ackId: 7, isDuplicated: true });
      assert.deepEqual(await send('next', 8), { ackId: 8, isDuplicated: false });
      assert.deepEqual(await kim.client.leaveGroup('cats', { ackId: 8 }), { ackId: 8, isDuplicated: true });
      await hub.group('cats').sendToAll('still a member');
      assert.deepEqual(await kim.received(3), ['first', 'next', 'still a member']);
    });
  });
}

describe('Tokens of clients', { concurrency: true }, () => {
  const url = token => through(
    network, `ws://web-pubsub.test/client/hubs/tokens${token === null ? '' : `?access_token=${token}`}`);
  const claims = change => ({
    aud: 'http://web-pubsub.test/client/hubs/tokens', sub: 'kim', iat: inSeconds(0), exp: inSeconds(600), ...change,
  });
  const signed = (change, key = service.accessKey, alg) => sign(claims(change), key, alg);
  const spoiled = token => token.replace(/[^.](?=[^.]*$)/, first => first === 'A' ? 'B' : 'A');

  const faults = {
    'no token': () => null,
    'an empty token': () => '',
    'what is no token': () => 'nothing',
    'a spoiled signature': () => spoiled(signed()),
    'another key': () => signed({}, `${service.accessKey}x`),
    'no signature': () => signed({}, '', 'none'),
    'an expired token': () => signed({ exp: inSeconds(-60), iat: inSeconds(-120) }),
    'a token of the future': () => signed({ nbf: inSeconds(3600) }),
    "another hub's token": () => signed({ aud: 'http://web-pubsub.test/client/hubs/others' }),
    "another service's token": () => signed({ aud: 'http://another.test/client/hubs/tokens' }),
    'a token for a WebSocket address': () => signed({ aud: 'ws://web-pubsub.test/client/hubs/tokens' }),
    "a server's token": () => signed({ aud: 'http://web-pubsub.test/api/hubs/tokens/:send?api-version=2024-12-01' }),
  };
  for (const [fault, make] of Object.entries(faults)) {
    test(`${fault} is answered with 401`, async t => {
      const address = url(make());
      assert.equal(await handshake(address), 401);
      if (make()) assert.equal(await handshake(url(null), { Authorization: `Bearer ${make()}` }), 401, 'in the header');

      for (const protocol of [WebPubSubJsonProtocol(), WebPubSubJsonReliableProtocol()]) {
        const listener = new Listener(async () => address, { protocol });
        t.after(() => listener.stop());
        await assert.rejects(listener.start(), /401/);
        assert.equal(listener.urls, 1);
      }
    });
  }

  test('a good one opens its hub, in the URL or in the header', async () => {
    assert.equal(await handshake(url(signed())), 101);
    assert.equal(await handshake(url(null), { Authorization: `Bearer ${signed()}` }), 101);
    assert.equal(await handshake(url(signed({ aud: ['http://other.test/', claims().aud] }))), 101);
  });

  test('a client whose next URL is refused asks for another', async t => {
    const lonely = await service.network();
    const tokens = [signed(), signed({ exp: inSeconds(-60) }), signed()];
    const listener = new Listener(async () => through(lonely, url(tokens.shift())), { protocol: WebPubSubJsonProtocol() });
    t.after(() => listener.stop());
    await listener.start();
    assert.equal(lonely.cut(), 1);
    await listener.connected(2);
    assert.deepEqual([listener.urls, tokens.length], [3, 0]);
  });
});
