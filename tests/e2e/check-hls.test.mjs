// The checker is seen to fail: every rule that it knows is broken at least once, and found by its number.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  advice, againstAdvice, badOrigins, breakContinuity, cutAnywhere, hiddenCaptions, joinFirstSegments, mutations,
  wrongCodecs,
} from './support/bad-sets.mjs';
import { serveFiles } from './support/file-server.mjs';
import { run } from './support/processes.mjs';
import { publish } from './support/published.mjs';
import { noHost } from './support/world.mjs';
import { checkHls, rules } from '../../tools/check-hls/check.mjs';
import { loadPresentation } from '../../tools/check-hls/form/load.mjs';
import { isBroken } from '../../tools/check-hls/verdicts.mjs';

const tool = fileURLToPath(new URL('../../tools/check-hls/main.mjs', import.meta.url));

describe('check-hls', { skip: noHost }, () => {
  const good = new Map();
  const seen = new Set();

  before(async () => {
    const published = await publish({ size: '320x180', seconds: 9 }, {
      'Vod:Transcoding:SegmentSeconds': '4',
      'Vod:Transcoding:Ladder:0:ShortSide': '180', 'Vod:Transcoding:Ladder:0:Bitrate': '400k',
      'Vod:Transcoding:Ladder:1:ShortSide': '120', 'Vod:Transcoding:Ladder:1:Bitrate': '150k',
    });
    try {
      const root = published.master.slice(0, -'master.m3u8'.length);
      for (const { url, body } of (await loadPresentation(published.master)).answers) good.set(url.slice(root.length), body);
    } finally {
      await published.world.stop();
    }
  });

  /** Numbers of the broken rules that are a MUST, and of those that are a SHOULD. */
  async function broken(files, override) {
    const server = await serveFiles(files, override);
    try {
      const results = await checkHls(`${server.url}/master.m3u8`);
      const numbers = results.filter(result => result.outcome === 'fail');
      numbers.forEach(({ number }) => seen.add(number));
      return {
        must: numbers.filter(isBroken).map(({ number }) => number),
        should: numbers.filter(result => !isBroken(result)).map(({ number }) => number),
      };
    } finally {
      await server.stop();
    }
  }

  const assertNames = (found, numbers) =>
    numbers.forEach(number => assert.ok(found.includes(number), `rule ${number} is among ${found.join(', ') || 'none'}`));

  test('finds nothing wrong with what is published', async () => {
    assert.deepEqual((await broken(good)).must, []);
  });

  for (const [what, numbers, change] of mutations) {
    test(`finds ${what}: rule ${numbers.join(', ')}`, async () => {
      const files = new Map(good);
      change(files);
      assertNames((await broken(files)).must, numbers);
    });
  }

  for (const [what, numbers, override] of badOrigins) {
    test(`finds ${what}: rule ${numbers.join(', ')}`, async () => {
      assertNames((await broken(good, override)).must, numbers);
    });
  }

  for (const [what, numbers, change] of advice) {
    test(`advises against ${what}: rule ${numbers.join(', ')}`, async () => {
      const files = new Map(good);
      change(files);
      const found = await broken(files);
      assert.deepEqual(found.must, []);
      assertNames(found.should, numbers);
    });
  }

  test('finds segments cut anywhere: rule 7.4', async () => {
    const files = await cutAnywhere();
    const found = await broken(files);
    assertNames(found.must, ['7.4']);
    assert.ok(!found.must.includes('7.3'), 'the counters are right so far');
    breakContinuity(files);
    assertNames((await broken(files)).must, ['7.3', '7.4']);
  });

  test('finds codecs that players do not have: rule 1.2, 1.14, 1.19, 2.3, 2.17', async () => {
    assertNames((await broken(await wrongCodecs())).must, ['1.2', '1.14', '1.19', '2.3', '2.17']);
  });

  test('advises against what ffmpeg may be told to do: rule 1.3, 1.4, 1.13, 1.30, 1.33, 7.5, 9.5', async () => {
    assertNames((await broken(await againstAdvice())).should, ['1.3', '1.4', '1.13', '1.30', '1.33', '7.5', '9.5']);
  });

  test('advises against sound segments with boundaries of their own: rule 8.22', async () => {
    const files = new Map(good);
    joinFirstSegments(files, 'a');
    assertNames((await broken(files)).should, ['8.22']);
  });

  test('advises against redirects: rule 8.18', async () => {
    assertNames((await broken(good, path => path.endsWith('iframes.m3u8') ? { status: 307 } : {})).should, ['8.18']);
  });

  test('finds captions that no playlist names: rule RFC 4.3.4.2 CC', async () => {
    assertNames((await broken(await hiddenCaptions())).must, ['RFC 4.3.4.2 CC']);
  });

  test('knows no rule that none of these breaks', () => {
    const unseen = rules.filter(({ number }) => !seen.has(number)).map(({ number }) => number);
    assert.deepEqual(unseen, []);
  });

  describe('as a command', () => {
    let server, files;

    before(async () => {
      files = new Map(good);
      server = await serveFiles(files);
    });
    after(() => server?.stop());

    test('names every rule and leaves with 0 for a good one, with 1 for a broken MUST, with 2 for what it cannot read', async () => {
      const passed = await run(process.execPath, [tool, `${server.url}/master.m3u8`]);
      assert.equal(passed.code, 0, passed.stdout.toString() + passed.stderr);
      for (const { number } of rules) assert.match(passed.stdout.toString(), new RegExp(`^(pass|fail|skip) .* ${number} `, 'm'));

      mutations.find(([what]) => what === 'no ENDLIST')[2](files);
      const failed = await run(process.execPath, [tool, `${server.url}/master.m3u8`]);
      assert.equal(failed.code, 1);
      assert.match(failed.stdout.toString(), /^fail {2}MUST +8\.6 .*\n +v180.*: no EXT-X-ENDLIST$/m);

      const forPrograms = await run(process.execPath, [tool, `${server.url}/master.m3u8`, '--json']);
      const written = JSON.parse(forPrograms.stdout);
      assert.deepEqual([forPrograms.code, written.broken, written.rules.length], [1, ['8.6'], rules.length]);

      for (const argument of [`${server.url}/nothing.m3u8`, 'no URL']) {
        const unread = await run(process.execPath, [tool, argument]);
        assert.equal(unread.code, 2);
        assert.equal(unread.stderr.trim().split('\n').length, 1, unread.stderr);
      }
    });
  });
});
