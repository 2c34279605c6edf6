// The comparison with the source is seen to fail: for every rule of it there is a presentation that breaks it.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compare } from '../../tools/check-hls/source/compare.mjs';
import { loadPresentation } from '../../tools/check-hls/form/load.mjs';
import { sourceRules } from '../../tools/check-hls/check.mjs';
import { judge } from '../../tools/check-hls/verdicts.mjs';
import { badFilms, goodFilm, makeFilms, makePresentation } from './support/bad-films.mjs';
import { serveFiles } from './support/file-server.mjs';

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
