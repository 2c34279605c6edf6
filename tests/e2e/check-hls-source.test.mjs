// The comparison with the source is seen to fail: for every rule of it there is a presentation that breaks it.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clockOf } from '../../tools/check-hls/source/clock.mjs';
import { compare } from '../../tools/check-hls/source/compare.mjs';
import { loadPresentation } from '../../tools/check-hls/form/load.mjs';
import { sourceRules } from '../../tools/check-hls/check.mjs';
import { judge } from '../../tools/check-hls/verdicts.mjs';
import { badFilms, goodFilm, makeFilms, makePresentation } from './support/bad-films.mjs';
import { serveFiles } from './support/file-server.mjs';

describe('The clock of a source', () => {
  const packets = times => times.map(pts => ({ stream: 0, pts, dts: pts, duration: 1, isShown: true }));
  for (const [what, times, seconds, isOutOfOrder] of [
    ['that runs', [5, 6, 7, 8], 4, false],
    ['of two recordings joined', [0, 1, 2, 3, 0, 1, 2, 3, 4], 5, false],
    ['of which one block stands elsewhere', [0, 1, 2, 3, 1, 4, 5], 6, true],
  ]) {
    test(what, () => assert.deepEqual(clockOf(packets(times)), { seconds, isOutOfOrder }));
  }

  test('ends with what is shown', () =>
    assert.equal(clockOf(packets([0, 1, 2]).map(packet => ({ ...packet, isShown: packet.pts < 2 }))).seconds, 2));
});

describe('check-hls --source', { concurrency: 2 }, () => {
  const seen = new Set();
  let folder, films;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vod-films-'));
    films = await makeFilms(folder);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    const unseen = sourceRules.map(({ number }) => number).filter(number => !seen.has(number));
    assert.deepEqual(unseen, [], 'every rule has a presentation that breaks it');
  });

  /** The results that fail. */
  async function broken(film) {
    const server = await serveFiles(await makePresentation(films, film));
    try {
      const presentation = await loadPresentation(`${server.url}/master.m3u8`);
      return judge(sourceRules, await compare(presentation, films[film[4]?.source ?? 'plain'])).filter(({ outcome }) => outcome === 'fail');
    } finally {
      await server.stop();
    }
  }

  test('Nothing is found where nothing is wrong', async () => assert.deepEqual(await broken(goodFilm), []));

  for (const film of badFilms) {
    const [what, numbers] = film;
    test(`Where ${what}: ${numbers.join(', ')}`, async () => {
      const results = await broken(film);
      const found = results.map(({ number }) => number);
      numbers.filter(number => found.includes(number)).forEach(number => seen.add(number));
      assert.deepEqual(numbers.filter(number => !found.includes(number)), [], `found are ${found.join(', ') || 'none'}`);
    });
  }
});
