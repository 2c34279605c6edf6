import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { needChromium } from '../../tools/dev/requirements.mjs';

const before = { PATH: process.env.PATH, VOD_CHROMIUM: process.env.VOD_CHROMIUM };
let bin;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'vod-bin-'));
  // Of the system's programs only what the fakes need: it may have browsers, and apt.
  process.env.PATH = bin;
  process.env.VOD_CHROMIUM = '';
  tool('env', 'shift; exec "$@"');
});
afterEach(() => {
  process.env.PATH = before.PATH;
  if (before.VOD_CHROMIUM === undefined) delete process.env.VOD_CHROMIUM;
  else process.env.VOD_CHROMIUM = before.VOD_CHROMIUM;
  rmSync(bin, { recursive: true });
});

function tool(name, script = '') {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** A package manager that has the headless shell, or knows of it and cannot get it. */
function apt({ works }) {
  tool('apt-cache');
  tool('apt-get', `echo "$*" >'${join(bin, 'asked')}'; ${works ? `printf '#!/bin/sh\\n' >'${bin}/chromium-headless-shell'; /bin/chmod +x '${bin}/chromium-headless-shell'` : 'exit 100'}`);
}

const taken = async () => {
  await needChromium();
  return process.env.VOD_CHROMIUM;
};

test('the headless shell is taken before a whole browser, and the one that is named before both', async () => {
  tool('chromium');
  tool('chromium-headless-shell');
  assert.equal(await taken(), join(bin, 'chromium-headless-shell'));
  process.env.VOD_CHROMIUM = join(bin, 'chromium');
  assert.equal(await taken(), join(bin, 'chromium'));
});

test('root gets the headless shell where apt has it', async t => {
  t.mock.method(process, 'getuid', () => 0);
  tool('chromium');
  apt({ works: true });
  assert.equal(await taken(), join(bin, 'chromium-headless-shell'));
});

test('where it cannot be had the browser that is there will do', async t => {
  t.mock.method(process, 'getuid', () => 0);
  tool('chromium');
  apt({ works: false });
  assert.equal(await taken(), join(bin, 'chromium'));
});

test('nothing is installed for others than root, who have a browser', async t => {
  t.mock.method(process, 'getuid', () => 1000);
  tool('chromium');
  apt({ works: true });
  assert.equal(await taken(), join(bin, 'chromium'));
  assert.equal(existsSync(join(bin, 'asked')), false);
});
