import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { appSettings } from '../../tools/dev/functions-host.mjs';

const printed = `VodWebPubSub=Endpoint=http://localhost:1;AccessKey=a=b;Version=1.0;
Vod__PlaybackOrigin=/media
tokens: POST http://...
`;

test('What says where the emulators are wins over everything, and the environment over the sample', () => {
  const settings = appSettings(printed, 'storage', '/data', {
    VodWebPubSub: 'of the shell', AzureWebJobsStorage: 'of the shell', TASKHUB_NAME: 'Mine', Vod__Uploads__MaxBytes: '5', CONTAINER_NAME: 'x',
  });
  assert.equal(settings.VodWebPubSub, 'Endpoint=http://localhost:1;AccessKey=a=b;Version=1.0;');
  assert.equal(settings.Vod__PlaybackOrigin, '/media');
  assert.deepEqual([settings.AzureWebJobsStorage, settings.VodStorage, settings.Vod__Storage__ConnectionString], ['storage', 'storage', 'storage']);
  assert.equal(settings.TASKHUB_NAME, 'Mine');
  assert.equal(settings.Vod__Uploads__MaxBytes, '5');
  assert.equal(settings.FUNCTIONS_WORKER_RUNTIME, 'dotnet-isolated');
  assert.equal(settings.Vod__UploadSource, 'Scan');
});

test('A host in a container does not take itself for one of Azure', () => {
  const settings = appSettings(printed, 'storage', '/data', { CONTAINER_NAME: 'x' });
  assert.ok('CONTAINER_NAME' in settings && settings.CONTAINER_NAME === undefined);
});

test('local.settings.json counts as it is now, over the sample and below the environment', async t => {
  const repository = mkdtempSync(join(tmpdir(), 'vod-settings-'));
  t.after(() => rmSync(repository, { recursive: true }));
  cpSync(fileURLToPath(new URL('../../tools/dev', import.meta.url)), join(repository, 'tools/dev'), { recursive: true });
  const { appSettings: read } = await import(join(repository, 'tools/dev/functions-host.mjs'));
  const write = (name, Values) => writeFileSync(join(repository, name), `\uFEFF${JSON.stringify({ Values })}`);
  write('local.settings.sample.json', { A: 'sample', B: 'sample', C: 'sample' });

  assert.equal(read(printed, 'storage', '/data', {}).B, 'sample');
  write('local.settings.json', { B: 'mine', C: 'mine', AzureWebJobsStorage: 'mine' });
  const { A, B, C, AzureWebJobsStorage } = read(printed, 'storage', '/data', { C: 'shell' });

  assert.deepEqual([A, B, C, AzureWebJobsStorage], ['sample', 'mine', 'shell', 'storage']);
  writeFileSync(join(repository, 'local.settings.json'), '{');
  assert.throws(() => read(printed, 'storage', '/data', {}), /local\.settings\.json is not JSON/);
});
