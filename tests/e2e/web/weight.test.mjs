// What the pages weigh on their way, as the host sends them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { get } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startAll } from '../support/start-all.mjs';
import { startBrowser } from './support/browser.mjs';
import { publish, smallJobs, tinyClip } from './support/posts.mjs';
import { startSite } from './support/site.mjs';

const dist = fileURLToPath(new URL('../../../src/VodFunctions.Web/dist/', import.meta.url));
const limitBytes = 150_000;
const isHls = name => /hls/.test(name);
const openIdLimitBytes = 12_000;
const isOpenId = name => /openid/.test(name);

describe('The weight of the pages', () => {
  let site, browser;

  before(async () => { [site, browser] = await startAll([startSite(smallJobs), startBrowser()]); });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });

  /** The bytes of an answer's body, as they come. */
  async function weigh(path) {
    const [answer] = await once(get(new URL(path, site.url), { headers: { 'accept-encoding': 'gzip, br' } }), 'response');
    assert.equal(answer.statusCode, 200, path);
    let bytes = 0;
    for await (const chunk of answer) bytes += chunk.length;
    return bytes;
  }

  test('everything without hls.js is 150 KB at most', async t => {
    const names = (await readdir(dist, { recursive: true, withFileTypes: true }))
      .filter(entry => entry.isFile() && !/^\.|\.(br|gz)$/.test(entry.name))
      .map(entry => `${entry.parentPath}/${entry.name}`.slice(dist.length).replace(/^\/+/, ''));
    const chunks = names.filter(isHls);
    assert.equal(chunks.length, 1, 'hls.js is a chunk of its own');
    let sum = 0;
    for (const name of names.filter(each => !isHls(each))) sum += await weigh(`/${name === 'index.html' ? '' : name}`);
    t.diagnostic(`${names.length - 1} files without hls.js: ${sum} bytes; hls.js: ${await weigh(`/${chunks[0]}`)} bytes`);
    assert.ok(sum > 20_000 && sum <= limitBytes, `${sum} bytes`);

    const openId = names.filter(isOpenId);
    assert.equal(openId.length, 1, 'the sign-in by OpenID Connect is a chunk of its own');
    const bytes = await weigh(`/${openId[0]}`);
    t.diagnostic(`of it the sign-in by OpenID Connect: ${bytes} bytes`);
    assert.ok(bytes > 2000 && bytes <= openIdLimitBytes, `${bytes} bytes`);
  });

  test('the feed is light and loads neither hls.js nor what uploads need', async t => {
    await publish(await site.api('alice'), await tinyClip(), ['A post']);
    const page = await browser.newPage(t, { url: site.url });
    const answers = [];
    page.on('response', answer => answers.push(answer));
    await page.goto('/');
    await page.getByTestId('feed-item').waitFor();
    await page.waitForLoadState('networkidle');
    const own = answers.filter(answer => !/^\/(api|media)\//.test(new URL(answer.url()).pathname));
    const sizes = await Promise.all(own.map(async answer => (await answer.request().sizes()).responseBodySize));
    const sum = sizes.reduce((all, size) => all + size, 0);
    t.diagnostic(`${own.length} files: ${sum} bytes`);
    assert.ok(sum > 5000 && sum <= 40_000, `${sum} bytes`);
    const names = own.map(answer => new URL(answer.url()).pathname);
    assert.deepEqual(names.filter(name => /hls|storage|push-client|openid/.test(name)), []);
  });
});
