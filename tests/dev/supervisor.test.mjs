import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { lockDataFolder } from '../../tools/dev/data-folder.mjs';
import { Supervisor } from '../../tools/dev/supervisor.mjs';

// A program with a child in its group: SIGTERM ends the program, and the child stays unless the group is ended too.
const parentAndChild = 'sleep 600 & echo $! >"$1"; trap "exit 0" TERM; wait';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vod-supervisor-'));
  mkdirSync(join(folder, 'logs'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

async function until(ask) {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(20)) if (ask()) return;
  assert.fail(`Waited in vain: ${ask}.`);
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    // A process that has ended counts as one until its parent has asked.
    return !existsSync('/proc') || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const pidIn = file => existsSync(file) && Number(readFileSync(file, 'utf8')) || 0;

test('A stop ends programs with all that they have started, the last started first', async () => {
  const supervisor = new Supervisor(folder);
  const order = [];
  for (const name of ['first', 'second']) {
    const child = await supervisor.start(name, '/bin/sh', ['-c', parentAndChild, 'sh', join(folder, name)]);
    child.end.then(() => order.push(name));
    await until(() => pidIn(join(folder, name)));
  }
  const pids = ['first', 'second'].map(name => pidIn(join(folder, name)));
  assert.ok(pids.every(runs));

  await supervisor.stop();

  assert.deepEqual(order, ['second', 'first']);
  await until(() => !pids.some(runs));
  assert.ok(!existsSync(join(folder, 'first.pid')));
});

test('SIGTERM reaches the whole group of a program that does not pass it on', async () => {
  const supervisor = new Supervisor(folder);
  const said = join(folder, 'said');
  await supervisor.start('wrapped', '/bin/sh', ['-c', `(trap 'echo ended >"$1"; exit' TERM; echo >"$1.ready"; while :; do sleep 0.05; done) & wait`, 'sh', said], { wholeGroup: true });
  await until(() => existsSync(`${said}.ready`));

  await supervisor.stop();

  assert.equal(readFileSync(said, 'utf8').trim(), 'ended');
});

test('The first program to end is told', async () => {
  const supervisor = new Supervisor(folder);
  await supervisor.start('stays', 'sleep', ['600']);
  await supervisor.start('ends', '/bin/sh', ['-c', 'echo why; exit 3']);

  const first = await supervisor.firstToEnd();

  assert.equal(first.name, 'ends');
  assert.equal(readFileSync(first.log, 'utf8'), 'why\n');
  await supervisor.stop();
});

for (const wholeGroup of [false, true]) test(`When its own process is killed, everything ends (whole group: ${wholeGroup})`, async () => {
  const script = join(folder, 'run.mjs');
  writeFileSync(script, `
    import { Supervisor } from ${JSON.stringify(new URL('../../tools/dev/supervisor.mjs', import.meta.url).href)};
    const supervisor = new Supervisor(process.argv[2]);
    await supervisor.start('program', '/bin/sh', ['-c', ${JSON.stringify(parentAndChild)}, 'sh', process.argv[3]], { wholeGroup: ${wholeGroup} });
    setInterval(() => {}, 1000);`);
  const run = spawn(process.execPath, [script, folder, join(folder, 'child')], { stdio: 'inherit' });
  await until(() => pidIn(join(folder, 'child')) && existsSync(join(folder, 'program.pid')));
  const pids = [pidIn(join(folder, 'child')), Number.parseInt(readFileSync(join(folder, 'program.pid'), 'utf8'), 10)];
  assert.ok(pids.every(runs));

  run.kill('SIGKILL');
  await once(run, 'exit');

  await until(() => !pids.some(runs));
});

test('The data folder is locked until it is unlocked, and a lock of a process that is gone does not count', () => {
  writeFileSync(join(folder, 'run.lock'), '1 Thu Jan  1 00:00:00 1970');
  const { unlock } = lockDataFolder(folder);
  assert.throws(() => lockDataFolder(folder), /is in use by another run \(process \d+\)/);
  unlock();
  lockDataFolder(folder).unlock();
});

test('What a killed run left running is named', async () => {
  const supervisor = new Supervisor(folder);
  const { pid } = await supervisor.start('host', 'sleep', ['600']);
  const { leftovers, unlock } = lockDataFolder(folder);
  assert.deepEqual(leftovers, [pid]);
  unlock();
  await supervisor.stop();
  assert.deepEqual(lockDataFolder(folder).leftovers, []);
});
