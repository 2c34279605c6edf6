// `@azure/web-pubsub`, unchanged, against the emulator's REST API; who hears what is told by the official client.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AzureKeyCredential, WebPubSubServiceClient } from '@azure/web-pubsub';
import { WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';
import { closeCode, handshake } from './support/handshake.mjs';
import { claimsOf, inSeconds, sign } from './support/jwt.mjs';
import { until } from './support/processes.mjs';
import { connectionStringOf, listen, withCredential } from './support/web-pubsub.mjs';
import { startWorld } from './support/world.mjs';

const insecure = { allowInsecureConnection: true };
const version = 'api-version=2024-12-01';

describe('@azure/web-pubsub', { concurrency: true }, () => {
  // No endpoint in the settings: tokens are for the address that the host listens on.
  let world, connectionString, key;
  before(async () => {
    world = await startWorld({}, { emulatorsOnly: true });
    connectionString = await connectionStringOf(world);
    key = /AccessKey=([^;]*)/.exec(connectionString)[1];
  });
  after(() => world?.stop());

  const hubOf = name => new WebPubSubServiceClient(connectionString, name, insecure);
  const join = (t, hub, options) => listen(t, hub, world, options);
  /** Whoever has heard the last message has heard all before it. */
  const heard = async listener => {
    await until('the last message', () => listener.data.at(-1) === 'end');
    return listener.data.slice(0, -1);
  };
  const crowd = (t, hub, options = {}) => Promise.all(
    [['kim'], ['kim', 'cats'], ['lee', 'cats'], ['park']].map(([userId, ...groups]) =>
      join(t, hub, { userId, groups, ...options })));

  describe('sends', { concurrency: true }, () => {
    for (const protocol of [WebPubSubJsonProtocol(), WebPubSubJsonReliableProtocol()]) {
      test(`to all, to a user, to a group and to a connection, and to nobody else, over ${protocol.name}`, async t => {
        const hub = hubOf(`send_${protocol.isReliableSubProtocol}`);
        const [kim1, kim2, lee, park] = await crowd(t, hub, { protocol });
        const elsewhere = hubOf(`send_elsewhere_${protocol.isReliableSubProtocol}`);
        const stranger = await join(t, elsewhere, { userId: 'kim', groups: ['cats'] });

        await hub.sendToAll('all');
        await hub.sendToAll('all but two', { excludedConnections: [kim1.connectionId, lee.connectionId] });
        await hub.sendToUser('kim', 'kim');
        await hub.group('cats').sendToAll('cats');
        await hub.group('cats').sendToAll('cats but one', { excludedConnections: [kim2.connectionId] });
        await hub.sendToConnection(park.connectionId, 'park');
        await hub.sendToAll('end');
        await elsewhere.sendToAll('end');

        assert.deepEqual(await heard(kim1), ['all', 'kim']);
        assert.deepEqual(await heard(kim2), ['all', 'all but two', 'kim', 'cats']);
        assert.deepEqual(await heard(lee), ['all', 'cats', 'cats but one']);
        assert.deepEqual(await heard(park), ['all', 'all but two', 'park']);
        assert.deepEqual(await heard(stranger), []);
        assert.deepEqual(lee.messages.map(({ kind, group }) => [kind, group]),
          [['serverData', undefined], ['groupData', 'cats'], ['groupData', 'cats'], ['serverData', undefined]]);
      });
    }

    test('to nobody, which is no error', async () => {
      const hub = hubOf('nobody');
      await hub.sendToAll({});
      await hub.sendToUser('nobody', {});
      await hub.group('nobody').sendToAll({});
      await hub.sendToConnection('nobody', {});
    });

    test('JSON, text and bytes, everywhere', async t => {
      const hub = hubOf('types');
      const listener = await join(t, hub, { userId: 'kim', groups: ['cats'] });
      const targets = [
        (...message) => hub.sendToAll(...message),
        (...message) => hub.sendToUser('kim', ...message),
        (...message) => hub.group('cats').sendToAll(...message),
        (...message) => hub.sendToConnection(listener.connectionId, ...message),
      ];
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
      for (const send of targets) {
        await send({ text: '\u0000"\\한국어😀' });
        await send('  text\r\n한국어 ', { contentType: 'text/plain' });
        await send('', { contentType: 'text/plain' });
        await send(bytes);
        await send(bytes.buffer.slice(1, 3));
      }
      const expected = [
        ['json', { text: '\u0000"\\한국어😀' }], ['text', '  text\r\n한국어 '], ['text', ''], ['binary', bytes.buffer],
        ['binary', Uint8Array.of(1, 2).buffer],
      ];
      await listener.received(20);
      const arrived = listener.messages.map(({ dataType, data }) => [dataType, data]);
      assert.deepEqual(arrived, targets.flatMap(() => expected));
    });

    test('up to a megabyte, and not more', async t => {
      const hub = hubOf('large');
      const listener = await join(t, hub, { userId: 'kim' });
      const large = 'x'.repeat(1_000_000);
      await hub.sendToUser('kim', large, { contentType: 'text/plain' });
      const error = await failure(hub.sendToUser('kim', 'x'.repeat((1 << 20) + 1), { contentType: 'text/plain' }));
      assert.equal(error.statusCode, 413);
      await hub.sendToUser('kim', 'end');
      assert.ok((await heard(listener))[0] === large);
      assert.equal(listener.messages.length, 2);
    });
  });

  test('finds connections, users and groups until the last of them has gone', async t => {
    const hub = hubOf('existence');
    const options = { userId: 'kim', groups: ['cats'] };
    const first = await join(t, hub, options);
    const second = await join(t, hub, { ...options, protocol: WebPubSubJsonProtocol() });
    const ask = () => Promise.all([
      hub.connectionExists(first.connectionId), hub.connectionExists(second.connectionId),
      hub.userExists('kim'), hub.groupExists('cats'),
    ]);
    const becomes = expected => until(`exist: ${expected}`, async () => String(await ask()) === String(expected));

    assert.deepEqual(await ask(), [true, true, true, true]);
    const elsewhere = hubOf('existence_elsewhere');
    assert.deepEqual(await Promise.all([
      elsewhere.connectionExists(first.connectionId), elsewhere.userExists('kim'), elsewhere.groupExists('cats'),
      hub.userExists('Kim'), hub.groupExists('Cats'), hub.userExists('cats'),
    ]), Array(6).fill(false));

    first.stop();
    await becomes([false, true, true, true]);
    second.stop();
    await becomes([false, false, false, false]);
  });

  describe('closes', { concurrency: true }, () => {
    const once = { autoReconnect: false };
    const reasonsOf = listeners => listeners.map(each => each.disconnections.map(({ message }) => message.message));
    const ended = listeners => Promise.all(listeners.map(each => until('the client has stopped', () => each.stopped)));

    for (const protocol of [WebPubSubJsonProtocol(), WebPubSubJsonReliableProtocol()]) {
      test(`a connection, which its client is told and cannot recover, over ${protocol.name}`, async t => {
        const hub = hubOf(`close_${protocol.isReliableSubProtocol}`);
        const [closed, kept] = await Promise.all([
          join(t, hub, { protocol, userId: 'kim', ...once }), join(t, hub, { protocol, userId: 'kim', ...once })]);
        await hub.sendToUser('kim', 'before');
        await hub.closeConnection(closed.connectionId, { reason: 'Signed out: 로그아웃 & more?' });
        await ended([closed]);
        assert.deepEqual(closed.data, ['before'], 'what was sent before is not lost');
        assert.deepEqual(reasonsOf([closed]), [['Signed out: 로그아웃 & more?']]);
        assert.equal(closed.connections.length, 1);
        assert.equal(await hub.connectionExists(closed.connectionId), false);
        assert.ok(await hub.connectionExists(kept.connectionId));
        if (protocol.isReliableSubProtocol) assert.equal(await closeCode(closed.recoveryUrl), 1008);

        await hub.sendToAll('end');
        assert.deepEqual(await heard(kept), ['before']);
        await hub.closeConnection(closed.connectionId); // Again, and nobody there: no error.
        await hub.closeConnection('nobody', { reason: 'x' });
      });
    }

    test('all but some', async t => {
      const hub = hubOf('close_all');
      const [kim1, kim2, lee, park] = await crowd(t, hub, once);
      await hub.closeAllConnections({ reason: 'over', excluded: [kim2.connectionId, park.connectionId] });
      await ended([kim1, lee]);
      assert.deepEqual(reasonsOf([kim1, kim2, lee, park]), [['over'], [], ['over'], []]);
      assert.deepEqual(await Promise.all(['kim', 'lee', 'park'].map(user => hub.userExists(user))), [true, false, true]);
      await hub.closeAllConnections();
      await ended([kim2, park]);
      assert.deepEqual(await Promise.all(['kim', 'lee', 'park'].map(user => hub.userExists(user))), [false, false, false]);
      assert.equal(await hub.groupExists('cats'), false);
    });

    test("a user's, but some", async t => {
      const hub = hubOf('close_user');
      const [kim1, kim2, lee, park] = await crowd(t, hub, once);
      await hub.closeUserConnections('kim', { reason: 'blocked', excluded: [kim1.connectionId] });
      await ended([kim2]);
      assert.deepEqual(reasonsOf([kim1, kim2, lee, park]), [[], ['blocked'], [], []]);
      await hub.closeUserConnections('kim');
      await ended([kim1]);
      await hub.sendToAll('end');
      assert.deepEqual([await heard(lee), await heard(park), await hub.userExists('kim')], [[], [], false]);
    });

    test("a group's, but some", async t => {
      const hub = hubOf('close_group');
      const [kim1, kim2, lee, park] = await crowd(t, hub, once);
      await hub.group('cats').closeAllConnections({ reason: 'no cats', excluded: [lee.connectionId] });
      await ended([kim2]);
      assert.deepEqual(reasonsOf([kim1, kim2, lee, park]), [[], ['no cats'], [], []]);
      assert.ok(await hub.groupExists('cats'));
      await hub.group('cats').closeAllConnections();
      await ended([lee]);
      await hub.sendToAll('end');
      assert.deepEqual([await heard(kim1), await heard(park), await hub.groupExists('cats')], [[], [], false]);
    });
  });

  describe('makes tokens', { concurrency: true }, () => {
    // What signs in with Entra in Azure: the service makes the client's token then.
    const rest = name => withCredential(world, name, () => sign(
      { aud: `${world.url}/api/hubs/${name}/:generateToken`, iat: inSeconds(0), exp: inSeconds(3600) }, key));
    for (const [how, hubFor] of Object.entries({ itself: hubOf, 'over REST': rest })) {
      test(`${how}, for a user with roles and groups, as long as wanted`, async t => {
        const name = `tokens_${how.length}`;
        const [maker, hub] = [hubFor(name), hubOf(name)];
        const options = {
          userId: 'kim & 한국어+/?', roles: ['webpubsub.joinLeaveGroup.cats', 'webpubsub.sendToGroup'], groups: ['a b', 'c&d'],
          expirationTimeInMinutes: 5,
        };
        const { token, baseUrl, url } = await maker.getClientAccessToken(options);
        assert.equal(new URL(baseUrl).pathname, `/client/hubs/${name}`);
        assert.equal(url, `${baseUrl}?access_token=${token}`);
        const claims = claimsOf(token);
        assert.deepEqual([claims.aud].flat(), [`${world.url}/client/hubs/${name}`]);
        assert.equal(claims.exp - claims.iat, 300);

        const listener = await join(t, { getClientAccessToken: () => maker.getClientAccessToken(options) });
        assert.equal(listener.connections[0].userId, options.userId);
        await listener.client.joinGroup('cats');
        await assert.rejects(listener.client.joinGroup('dogs'), error => error.errorDetail.name === 'Forbidden');
        await listener.client.sendToGroup('dogs', 'x', 'text');
        for (const group of ['a b', 'c&d', 'cats']) await hub.group(group).sendToAll(group);
        assert.deepEqual(await listener.received(3), ['a b', 'c&d', 'cats']);
      });

      test(`${how}, for nobody in particular, for an hour`, async t => {
        const name = `plain_tokens_${how.length}`;
        const { token } = await hubFor(name).getClientAccessToken();
        const claims = claimsOf(token);
        assert.equal(claims.exp - claims.iat, 3600);
        assert.deepEqual([claims.sub, claims.role, claims['webpubsub.group']], [undefined, undefined, undefined]);
        const listener = await join(t, { getClientAccessToken: () => hubFor(name).getClientAccessToken() });
        assert.equal(listener.connections[0].userId, undefined);
        await assert.rejects(listener.client.joinGroup('cats'), error => error.errorDetail.name === 'Forbidden');
      });
    }

    test('over REST, but not for less than a minute', async () => {
      for (const expirationTimeInMinutes of [0, -1]) {
        const error = await failure(rest('short').getClientAccessToken({ expirationTimeInMinutes }));
        assert.equal(error.statusCode, 400);
      }
    });
  });

  test('names users and groups as it likes', async t => {
    const hub = hubOf('names');
    const names = [
      'two words', '100%', '%2F%41', 'a/b', '../..', 'a\\b', '?x=1&y#z', 'a+b', "it's", 'a:b@c;d,e', ':send', '.x',
      '한국어', '👩‍👩‍👧', 'é', 'é'.normalize('NFD'),
    ];
    const listeners = await Promise.all(names.map(name => join(t, hub, { userId: name, groups: [name] })));
    for (const name of names) {
      assert.ok(await hub.userExists(name), `user ${name}`);
      assert.ok(await hub.groupExists(name), `group ${name}`);
      await hub.sendToUser(name, `to user ${name}`);
      await hub.group(name).sendToAll(`to group ${name}`);
    }
    await hub.sendToAll('end');
    for (const [n, name] of names.entries()) {
      assert.equal(listeners[n].connections[0].userId, name);
      assert.deepEqual(await heard(listeners[n]), [`to user ${name}`, `to group ${name}`]);
      assert.equal(listeners[n].messages[1].group, name);
    }
    for (const name of names) await hub.closeUserConnections(name, { reason: name });
    for (const [n, name] of names.entries()) {
      await listeners[n].connected(2);
      assert.equal(listeners[n].disconnections[0].message.message, name);
    }
  });

  describe('is refused', { concurrency: true }, () => {
    const send = `hubs/refused/:send?${version}`;
    const post = (path, { token = tokenFor(path), type = 'application/json', body = '{}' } = {}) =>
      fetch(`${world.url}/api/${path}`, {
        method: 'POST', headers: { 'Content-Type': type, ...(token && { Authorization: `Bearer ${token}` }) }, body,
      });
    const tokenFor = (path, change, secret = key, alg) => sign(
      { aud: `${world.url}/api/${path}`, iat: inSeconds(0), exp: inSeconds(600), ...change }, secret, alg);
    const withToken = token => withCredential(world, 'refused', () => token);

    const faults = {
      'another key': () => tokenFor(send, {}, `${key}x`),
      'no signature': () => tokenFor(send, {}, '', 'none'),
      "another hub's audience": () => tokenFor(`hubs/other/:send?${version}`),
      "another call's audience": () => tokenFor(`hubs/refused/users/kim/:send?${version}`),
      "another service's audience": () => tokenFor(send, { aud: `http://another.test/api/${send}` }),
      'an expired token': () => tokenFor(send, { iat: inSeconds(-7200), exp: inSeconds(-3600) }),
      'a token of the future': () => tokenFor(send, { nbf: inSeconds(3600) }),
      "a client's token": () => tokenFor(send, { aud: `${world.url}/client/hubs/refused`, sub: 'kim' }),
      'what is no token': () => 'nothing',
    };
    for (const [fault, make] of Object.entries(faults)) {
      test(`with ${fault}: 401`, async t => {
        const listener = await join(t, hubOf('refused'), { userId: fault });
        const error = await failure(withToken(make()).sendToAll('x'));
        assert.equal(error.statusCode, 401);
        await hubOf('refused').sendToUser(fault, 'end');
        assert.deepEqual(await heard(listener), []);
      });
    }

    test('without a token: 401, and says so in the body and the header', async () => {
      const answer = await post(send, { token: null });
      assert.equal(answer.status, 401);
      const error = await answer.json();
      assert.equal(answer.headers.get('x-ms-error-code'), error.code);
      assert.ok(error.code && error.message, JSON.stringify(error));
    });

    test('with another key on every call: 401', async () => {
      const stranger = new WebPubSubServiceClient(world.url, new AzureKeyCredential(`${key}x`), 'refused', insecure);
      const calls = {
        sendToAll: () => stranger.sendToAll('x'),
        sendToUser: () => stranger.sendToUser('kim', 'x'),
        sendToConnection: () => stranger.sendToConnection('id', 'x'),
        sendToGroup: () => stranger.group('cats').sendToAll('x'),
        connectionExists: () => stranger.connectionExists('id'),
        userExists: () => stranger.userExists('kim'),
        groupExists: () => stranger.groupExists('cats'),
        closeConnection: () => stranger.closeConnection('id'),
        closeAllConnections: () => stranger.closeAllConnections(),
        closeUserConnections: () => stranger.closeUserConnections('kim'),
        closeGroupConnections: () => stranger.group('cats').closeAllConnections(),
        generateToken: () => withToken(tokenFor(`hubs/refused/:generateToken?${version}`, {}, 'another')).getClientAccessToken(),
      };
      for (const [name, call] of Object.entries(calls)) {
        const error = await failure(call());
        assert.equal(error.statusCode, 401, name);
        assert.ok(error.response.headers.get('x-ms-error-code'), `${name}: ${error.message}`);
      }
    });

    test('a name that no hub can have: 400', async () => {
      for (const name of ['1st', 'a-b', 'a b', '한국어', 'x'.repeat(129)]) {
        assert.equal((await failure(hubOf(name).sendToAll('x'))).statusCode, 400, name);
      }
      await hubOf('x'.repeat(128)).sendToAll('x');
      await hubOf('a_b.c,d[e]`').sendToAll('x');
    });

    test('what is no message: 400 or 415', async t => {
      const listener = await join(t, hubOf('refused'), { userId: 'messages' });
      const answers = await Promise.all([
        post(send, { body: '{"open":' }), post(send, { body: '' }), post(send, { body: '{} {}' }),
        post(send, { type: 'image/png' }),
      ]);
      assert.deepEqual(answers.map(({ status }) => status), [400, 400, 400, 415]);
      for (const answer of answers) assert.equal((await answer.json()).code, answer.headers.get('x-ms-error-code'));
      // Rather refused than sent to more people than it was meant for.
      assert.equal((await failure(hubOf('refused').sendToAll('x', { filter: "userId eq 'lee'" }))).statusCode, 400);
      await hubOf('refused').sendToUser('messages', 'end');
      assert.deepEqual(await heard(listener), []);
    });

    test('a version that it does not speak, or none: 400', async () => {
      for (const path of ['hubs/refused/:send', 'hubs/refused/:send?api-version=1999-01-01']) {
        const answer = await post(path);
        assert.equal(answer.status, 400, path);
        assert.equal((await answer.json()).code, answer.headers.get('x-ms-error-code'));
      }
    });
  });

  test('a token of the server opens no connection', async () => {
    for (const path of [`hubs/tokens/:send?${version}`, `hubs/tokens/:generateToken?${version}`]) {
      const token = sign({ aud: `${world.url}/api/${path}`, iat: inSeconds(0), exp: inSeconds(600) }, key);
      assert.equal(await handshake(`${world.url}/client/hubs/tokens?access_token=${token}`), 401);
    }
  });

  test('the service is healthy, whoever asks', async () => {
    assert.equal((await fetch(`${world.url}/api/health?${version}`, { method: 'HEAD' })).status, 200);
  });

  async function failure(promise) {
    const error = await promise.then(() => assert.fail('It was not refused.'), each => each);
    assert.equal(error.name, 'RestError', error.stack);
    return error;
  }
});
