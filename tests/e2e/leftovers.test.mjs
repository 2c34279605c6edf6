// The host is killed while FFmpeg runs: what that run has left on the disk goes when the host is up again.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { BlockBlobClient } from '@azure/storage-blob';
import { Api } from './support/api.mjs';
import { makeClip } from './support/clips.mjs';
import { until } from './support/processes.mjs';
import { noHost, startWorld } from './support/world.mjs';

describe('What a killed host leaves on the disk', { skip: noHost || (process.env.VOD_TEST_ALL === '0' && 'long') }, () => {
  let world;

  before(async () => { world = await startWorld(); });
  after(() => world?.stop());

  /** The folders of runs. */
  const runs = () => readdirSync(world.folder, { recursive: true }).filter(path => /[\\/]run-[0-9a-f]{32}$/.test(path))
    .map(path => join(world.folder, path));
  const hasPictures = folder => readdirSync(folder, { recursive: true }).some(name => name.endsWith('.m4s'));

  test('is removed, and the job goes on to its end', async () => {
    const clip = await makeClip({ size: '1280x720', seconds: 20 });
    const api = await Api.signIn(world.url, 'uploader');
    const { videoId, uploadUrl } = await api.ticket(clip.length);
    await new BlockBlobClient(uploadUrl).uploadData(clip);
    // The first pictures are written: this is no probe, which is over at once.
    const left = await until('FFmpeg writes pictures', () => {
      const found = runs();
      return found.some(hasPictures) && found;
    }, { everyMs: 20 });
    await world.kill();
    assert.ok(left.some(existsSync), 'a killed host can remove nothing');

    await world.startAgain();
    await until('they are gone', () => !left.some(existsSync));
    await api.completed(videoId);
    await until('no run has left anything', () => runs().length === 0);
  });
});
