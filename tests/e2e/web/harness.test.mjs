// The harness itself: what it promises to notice, and what its network does to a browser.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, describe, mock, test } from 'node:test';
import { join } from 'node:path';
import { makeClip } from '../support/clips.mjs';
import { until } from '../support/processes.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, reports, startBrowser } from './support/browser.mjs';
import { assertPlaying } from './support/playing.mjs';

const webSocketId = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const bytesPerSecondOf = mbps => mbps * 125_000;

describe('The browser harness', () => {
  let browser, origin, network;

  before(async () => {
    const clips = { size: '160x90', seconds: 4, sound: false };
    origin = await startOrigin({
      '/moving.mp4': await makeClip(clips), '/black.mp4': await makeClip({ ...clips, source: 'color=black' }),
    });
    browser = await startBrowser();
    network = await browser.newNetwork();
  });
  after(async () => {
    await browser?.stop();
    await origin?.stop();
  });

  const faults = {
    'console.error': () => console.error('Something?secret'),
    'page error': () => { setTimeout(() => { throw new Error('Something'); }); },
    policy: () => {
      const script = Object.assign(document.createElement('script'), { src: 'https://foreign.example/x.js?sig=secret' });
      document.body.append(script);
    },
  };
  for (const [kind, fault] of Object.entries(faults)) {
    test(`A ${kind} fails the test of its page, unless it is expected`, async t => {
      const failing = new FakeTest();
      const page = await openBlank(failing);
      await page.evaluate(fault);
      await until('it is reported', () => reports(page).some(line => line.startsWith(kind)));
      const said = mock.method(console, 'error', () => {});
      await assert.rejects(failing.end(), /the page reports no problem/);
      said.mock.restore();
      const [, folder] = /are in (.*)$/.exec(said.mock.calls[0].arguments[0]);
      t.after(() => rmSync(folder, { recursive: true }));
      assert.match(readFileSync(join(folder, 'reports.txt'), 'utf8'), new RegExp(`^${kind}`, 'm'));
      assert.doesNotMatch(readFileSync(join(folder, 'reports.txt'), 'utf8'), /sig=/);
      assert.ok(existsSync(join(folder, 'page-1.png')), readdirSync(folder).join());

      const passing = new FakeTest();
      const other = await openBlank(passing);
      expectProblem(other, /^console\.error/, new RegExp(`^${kind}`));
      await other.evaluate(fault);
      await until('it is reported', () => reports(other).some(line => line.startsWith(kind)));
      await passing.end();
    });
  }

  test('What a page and its workers fetch shares the network that the page was given', async t => {
    const page = await browser.newPage(t, { url: origin.url, network });
    await page.goto('/');
    network.shape({ mbps: 4, latencyMs: 40 });
    const size = bytesPerSecondOf(4);
    const seconds = await page.evaluate(async size => {
      const begin = performance.now();
      const worker = new Worker('/worker.js');
      worker.postMessage(`/bytes?${size}`);
      const [, length] = await Promise.all([
        new Promise(resolve => { worker.onmessage = () => resolve(); }),
        fetch(`/bytes?${size}`).then(answer => answer.arrayBuffer()).then(body => body.byteLength),
      ]);
      if (length !== size) throw new Error(`${length} bytes`);
      return (performance.now() - begin) / 1000;
    }, size);
    assert.ok(seconds > 1.9, `two times what takes a second each took ${seconds} s`);

    const begin = performance.now();
    await page.evaluate(() => fetch('/bytes?1'));
    assert.ok(performance.now() - begin >= 40, 'an answer takes its latency');
    network.unshape();
  });

  test('What a page uploads takes its time too', async t => {
    const page = await browser.newPage(t, { url: origin.url, network });
    await page.goto('/');
    network.shape({ mbps: 8 });
    const { host } = new URL(origin.url);
    const sentBefore = network.sent.get(host);
    const seconds = await page.evaluate(async size => {
      const begin = performance.now();
      await fetch('/drop', { method: 'POST', body: new Uint8Array(size) });
      return (performance.now() - begin) / 1000;
    }, bytesPerSecondOf(8));
    network.unshape();
    assert.ok(seconds > 0.95, `what takes a second took ${seconds} s`);
    assert.ok(network.sent.get(host) - sentBefore >= bytesPerSecondOf(8));
  });

  test('A page that is offline reaches nothing, knows it, and comes back', async t => {
    const page = await browser.newPage(t, { url: origin.url, network });
    expectProblem(page, /ERR_INTERNET_DISCONNECTED|ERR_SOCKS|ERR_CONNECTION/);
    await page.goto('/');
    const reach = () => page.evaluate(() => fetch('/bytes?1').then(() => true, () => false));
    assert.deepEqual([await reach(), await page.evaluate(() => navigator.onLine)], [true, true]);
    await network.goOffline(page);
    assert.deepEqual([await reach(), await page.evaluate(() => navigator.onLine)], [false, false]);
    await network.goOnline(page);
    assert.deepEqual([await reach(), await page.evaluate(() => navigator.onLine)], [true, true]);

    // And when the browser does not know: a dead line.
    await network.goOffline();
    assert.deepEqual([await reach(), await page.evaluate(() => navigator.onLine)], [false, true]);
    await network.goOnline();
    assert.equal(await reach(), true);
  });

  test('A request that is cut in the middle fails, and the next works', async t => {
    const page = await browser.newPage(t, { url: origin.url, network });
    expectProblem(page, /ERR_CONNECTION_RESET|ERR_INCOMPLETE/);
    await page.goto('/');
    network.shape({ mbps: 1 });
    // Before an answer has begun, a browser would repeat a request whose connection broke.
    await page.evaluate(async size => { globalThis.begun = await fetch(`/bytes?${size}`); }, bytesPerSecondOf(60));
    const cut = page.evaluate(() => globalThis.begun.arrayBuffer().then(() => 'whole', () => 'cut'));
    assert.ok(network.cut() > 0);
    assert.equal(await cut, 'cut');
    network.unshape();
    assert.equal(await page.evaluate(() => fetch('/bytes?3').then(answer => answer.text())), '...');
  });

  test('The WebSockets of a page are told from its other connections, and can be cut alone', async t => {
    const page = await browser.newPage(t, { url: origin.url, network });
    await page.goto('/');
    const opened = network.webSockets;
    await page.evaluate(() => new Promise((resolve, reject) => {
      globalThis.socket = new WebSocket(location.href.replace('http', 'ws'));
      socket.onopen = resolve;
      socket.onerror = reject;
      globalThis.closing = new Promise(done => { socket.onclose = each => done(each.code); });
    }));
    assert.deepEqual([network.webSockets - opened, network.openWebSockets], [1, 1]);
    assert.equal(network.cut({ webSocketsOnly: true }), 1);
    assert.equal(await page.evaluate(() => globalThis.closing), 1006);
    await until('it is gone', () => network.openWebSockets === 0);
  });

  test('A film that runs is told from one that stands still, and from one that shows nothing', async t => {
    const page = await openBlank(t);
    const show = (path, play) => page.evaluate(async ([path, play]) => {
      const video = Object.assign(document.createElement('video'), { src: path, muted: true, loop: true });
      document.body.replaceChildren(video);
      await new Promise(resolve => { video.onloadeddata = resolve; });
      if (play) await video.play();
    }, [path, play]);
    const short = { limitSeconds: 3 };

    await show('/moving.mp4', true);
    const { width, height } = await assertPlaying(page);
    assert.deepEqual([width, height], [160, 90]);
    await show('/moving.mp4', false);
    await assert.rejects(assertPlaying(page, short), /the film runs on/);
    await show('/black.mp4', true);
    await assert.rejects(assertPlaying(page, { seconds: 0.5 }), /no plain surface/);
  });

  test('A page that some cannot use is refused', async t => {
    const page = await openBlank(t);
    await page.evaluate(() => {
      document.documentElement.lang = 'en';
      document.body.innerHTML = '<main><h1>Title</h1><button>Go</button></main>';
    });
    await assertAccessible(page);
    await page.evaluate(() => document.querySelector('button').replaceChildren());
    await assert.rejects(assertAccessible(page), /critical button-name/);
  });

  function openBlank(t) {
    return browser.newPage(t, { url: origin.url }).then(async page => {
      await page.goto('/');
      return page;
    });
  }
});

/** As much of a test's context as the harness uses. */
class FakeTest {
  name = 'a test of a test';
  error = null;
  #ends = [];
  after(end) { this.#ends.push(end); }
  async end() { for (const end of this.#ends) await end(); }
}

async function startOrigin(files) {
  const origin = {};
  const server = createServer((request, response) => {
    const [path, size] = request.url.split('?');
    if (path === '/drop') {
      request.resume().on('end', () => response.end());
    } else if (path === '/bytes') {
      response.end(Buffer.alloc(Number(size), '.'));
    } else if (path === '/worker.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end('onmessage = async each => { await (await fetch(each.data)).arrayBuffer(); postMessage("done"); };');
    } else if (path in files) {
      response.setHeader('content-type', 'video/mp4');
      response.end(files[path]);
    } else if (path === '/favicon.ico') {
      response.writeHead(204).end();
    } else {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "script-src 'self'" });
      response.end('<!doctype html><title>Blank</title>');
    }
  }).listen(0, '127.0.0.1');
  // RFC 6455 section 4.2.2, and then silence.
  server.on('upgrade', ({ headers }, socket) => {
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${webSocketId}`).digest('base64');
    socket.on('error', () => socket.destroy());
    socket.write(`HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  });
  await once(server, 'listening');
  origin.url = `http://127.0.0.1:${server.address().port}`;
  origin.stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return origin;
}
