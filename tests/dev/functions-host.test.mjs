import assert from 'node:assert/strict';
import { test } from 'node:test';
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
