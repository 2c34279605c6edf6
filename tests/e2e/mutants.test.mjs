// Damaged files of every kind of container: no job hangs, the host lives, and what is published is right.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { takeMutants } from '../cases/mutants.mjs';
import { Api } from './support/api.mjs';
import { startWorld } from './support/world.mjs';

const all = process.env.VOD_TEST_ALL === '1';
const seed = Number(process.env.VOD_TEST_SEED ?? 1);
const count = Number(process.env.VOD_TEST_MUTANTS ?? 12);

describe(`${count} damaged files`, { skip: !all && 'long' }, () => {
  let world;

  before(async () => { world = await startWorld({ 'Vod:Uploads:PerOwnerAndDay': '1000' }); });
  after(() => world?.stop());

  test(`None hangs, crashes the host, or is published wrong (seed ${seed})`, async t => {
    const { outcomes, faults, longest, peakMb } = await takeMutants(world, await Api.signIn(world.url, 'mutants'), { count, seed });
    t.diagnostic(`${JSON.stringify(outcomes)}, longest ${longest.toFixed(1)} s, peak ${Math.round(peakMb ?? 0)} MB`);
    assert.deepEqual(faults, []);
    assert.equal(Object.values(outcomes).reduce((sum, each) => sum + each, 0), count);
  });
});
