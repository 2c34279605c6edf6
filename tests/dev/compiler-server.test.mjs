import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { withCompilerServer } from '../../tools/dev/compiler-server.mjs';

// An SDK whose compiler server only writes down that it begins and ends.
let sdk, path;
beforeEach(() => {
  sdk = mkdtempSync(join(tmpdir(), 'vod-sdk-'));
  path = process.env.PATH;
  process.env.PATH = `${sdk}${delimiter}${path}`;
  writeFileSync(join(sdk, 'dotnet'), `#!/bin/sh
    case "$*" in
      --version) echo 10.0.100 ;;
      *-shutdown) touch '${sdk}/stop' ;;
      *) echo "begins $2" >>'${sdk}/log'; while [ ! -e '${sdk}/stop' ]; do sleep 0.02; done; echo ends >>'${sdk}/log' ;;
    esac\n`);
  chmodSync(join(sdk, 'dotnet'), 0o755);
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(sdk, { recursive: true });
});

function installServer() {
  mkdirSync(join(sdk, 'sdk/10.0.100/Roslyn/bincore'), { recursive: true });
  writeFileSync(join(sdk, 'sdk/10.0.100/Roslyn/bincore/VBCSCompiler.dll'), '');
}

const log = () => readFileSync(join(sdk, 'log'), 'utf8').trim().split('\n');

test('a build has a compiler server under a name that nobody else has, and it ends with the build', async () => {
  installServer();
  const names = [];
  for (let i = 0; i < 2; i++) {
    rmSync(join(sdk, 'stop'), { force: true });
    assert.equal(await withCompilerServer(async ([shared, id]) => {
      assert.equal(shared, '-p:UseSharedCompilation=true');
      names.push(id.replace('-p:SharedCompilationId=', ''));
      return 'built';
    }), 'built');
  }
  assert.notEqual(names[0], names[1]);
  assert.deepEqual(log(), names.flatMap(name => [`begins -pipename:${name}`, 'ends']));
});

test('it ends with a build that fails, too', async () => {
  installServer();
  await assert.rejects(withCompilerServer(() => Promise.reject(new Error('broken'))), /broken/);
  assert.equal(log().at(-1), 'ends');
});

test('where the SDK has none in the known place the build does without', async () => {
  assert.deepEqual(await withCompilerServer(async properties => properties), []);
  assert.equal(existsSync(join(sdk, 'log')), false);
});
