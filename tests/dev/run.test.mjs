import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// ./dev itself, in a repository whose storage emulator, one-machine host and tools only do what its verbs look at.
const real = name => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const repository = mkdtempSync(join(tmpdir(), 'vod-dev-'));
const events = join(repository, 'events');
const data = join(repository, 'data');

write('package-lock.json', '{"packages":{}}');
write('node_modules/.package-lock.json', '{"packages":{}}');
write('src/VodFunctions.Web/page.ts', '');
write('node_modules/azurite/dist/src/blob/main.js', `
  ${tellsHow('storage')}
  console.log('Azurite Blob service successfully listens on http://127.0.0.1:10000');
  ${endsSlowly('storage')}`);
write('host.js', `
  ${tellsHow('host')}
  const http = require('http'), url = new URL(process.argv[process.argv.indexOf('--Urls') + 1]);
  http.createServer((request, response) => response.end()).listen(url.port, '127.0.0.1');
  ${endsSlowly('host')}`);
// Builds are there at once; the host is started by its DLL.
tool('dotnet', `case $1 in *.dll) exec node '${repository}/host.js' "$@" ;; esac`);
tool('npm', 'mkdir -p src/VodFunctions.Web/dist; echo >src/VodFunctions.Web/dist/index.html');
tool('ffmpeg', '');
tool('ffprobe', '');
cpSync(real('dev'), join(repository, 'dev'));
cpSync(real('tools/dev'), join(repository, 'tools/dev'), { recursive: true });
write('src/VodFunctions.Local/Storage/azurite-guard.cjs', '');
after(() => rmSync(repository, { recursive: true, force: true, maxRetries: 3 }));

let run;
beforeEach(async () => {
  rmSync(events, { force: true });
  run = start('run', '--port', '0', '--data', data, '--no-demo');
  await until(() => run.output.includes('running, Ctrl-C stops it'), () => run.output);
});
afterEach(async () => {
  run.child.kill('SIGINT');
  await run.closed;
});

function write(name, text, mode = 0o644) {
  const file = join(repository, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

function tool(name, script) {
  write(`bin/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
}

/** A program that writes down when it has been asked to end, and has ended. */
function endsSlowly(name) {
  return `
    const say = what => require('fs').appendFileSync(${JSON.stringify(events)}, '${name} ' + what + ' ');
    process.on('SIGTERM', () => { say('asked'); setTimeout(() => { say('ended'); process.exit(); }, 300); });
    setInterval(() => {}, 1000);`;
}

/** A program that writes down how it was started. */
function tellsHow(name) {
  return `require('fs').writeFileSync(${JSON.stringify(join(repository, name))}, JSON.stringify({
    arguments: [...process.execArgv, ...process.argv], accounts: process.env.AZURITE_ACCOUNTS, storage: process.env.Vod__Storage__ConnectionString,
  }));`;
}

function start(...args) {
  const child = spawn('/bin/bash', [join(repository, 'dev'), ...args], {
    env: { ...process.env, PATH: `${join(repository, 'bin')}:${process.env.PATH}`, VOD_MIN_FREE_MB: '1' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started = { child, output: '', closed: once(child, 'close') };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => { started.output += text; });
  return started;
}

async function until(ask, explain) {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(20)) if (ask()) return;
  assert.fail(`Waited in vain: ${ask}. ${explain()}`);
}

const happened = () => (existsSync(events) ? readFileSync(events, 'utf8').trim() : '');
const inOrder = 'host asked host ended storage asked storage ended';

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 143]]) {
  test(`${signal} ends the host, then the storage; a second one changes nothing`, async () => {
    run.child.kill(signal);
    await until(() => happened().startsWith('host asked'), () => run.output);
    run.child.kill(signal);
    run.child.kill('SIGINT');

    assert.deepEqual(await run.closed, [code, null]);
    assert.equal(happened(), inOrder);
    assert.ok(!existsSync(join(data, 'run.lock')));
    assert.ok(run.output.endsWith('running, Ctrl-C stops it\n'), run.output);
  });
}

test('The storage has a key of its own, stands behind its guard, and no user of the machine reads the key off it', () => {
  const key = readFileSync(join(data, 'storage.key'), 'utf8');
  const [storage, host] = ['storage', 'host'].map(name => JSON.parse(readFileSync(join(repository, name), 'utf8')));

  assert.equal(Buffer.from(key, 'base64').length, 64);
  assert.doesNotMatch(key, /^Eby8vdM02xNOcqFlqUwJ/, 'the published one');
  assert.equal(statSync(join(data, 'storage.key')).mode & 0o777, 0o600);
  assert.equal(storage.accounts, `devstoreaccount1:${key}`);
  assert.ok(storage.arguments.includes('--require') && storage.arguments.some(each => each.endsWith('azurite-guard.cjs')));
  assert.match(host.storage, new RegExp(`AccountKey=${RegExp.escape?.(key) ?? key.replace(/[+/=]/g, '\\$&')};`));
  // Arguments are for every user to read.
  for (const started of [storage, host]) assert.ok(!JSON.stringify(started.arguments).includes(key));
});

test('SIGKILL ends the host, then the storage, and the data folder can be used again', async () => {
  run.child.kill('SIGKILL');
  await until(() => happened() === inOrder, happened);

  const again = start('run', '--port', '0', '--data', data, '--no-demo');
  await until(() => again.output.includes('running, Ctrl-C stops it'), () => again.output);
  again.child.kill('SIGINT');
  assert.deepEqual(await again.closed, [130, null]);
});

test('A host that ends ends the rest, with its last words and one sentence', async () => {
  process.kill(Number.parseInt(readFileSync(join(data, 'host.pid'), 'utf8'), 10), 'SIGKILL');

  assert.deepEqual(await run.closed, [1, null]);
  assert.match(run.output, /\nThe host has stopped: see the message above\.\n$/);
  assert.equal(happened(), 'storage asked storage ended');
});

test('A second run on the same data folder is refused, and leaves the first alone', async () => {
  const second = start('run', '--port', '0', '--data', data, '--no-demo');

  assert.deepEqual(await second.closed, [1, null]);
  assert.match(second.output, /^The data folder .* is in use by another run \(process \d+\): stop it, or choose another with --data\.\n$/);
  assert.equal(happened(), '');
});
