import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTap, readTrx, readVitest, resultsOf, sum, summary } from '../../tools/dev/testing/results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vod-results-'));
after(() => rmSync(folder, { recursive: true }));

test('A TRX file counts what passed, what failed in any way, and what did not run', () => {
  const trx = '<ResultSummary outcome="Failed"><Counters total="12" executed="9" passed="5" failed="1" error="1" timeout="1" aborted="1" '
    + 'inconclusive="0" passedButRunAborted="0" notExecuted="0" /></ResultSummary>';
  assert.deepEqual(readTrx(trx), { passed: 5, failed: 4, skipped: 3 });
});

test('TAP is counted by its last comments, not by those of a test that prints some', () => {
  const tap = '# pass 77\nok 1 - a\n# tests 9\n# pass 3\n# fail 1\n# cancelled 2\n# skipped 1\n# todo 2\n';
  assert.deepEqual(readTap(tap), { passed: 3, failed: 3, skipped: 3 });
});

test('The results of vitest are counted', () => {
  const json = JSON.stringify({ numPassedTests: 3, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 });
  assert.deepEqual(readVitest(json), { passed: 3, failed: 2, skipped: 2 });
});

test('A run that broke down is a failure, whatever it has reported', () => {
  const file = join(folder, 'results.tap');
  assert.deepEqual(resultsOf(file, readTap, 1), { passed: 0, failed: 1, skipped: 0, brokeDown: true });
  writeFileSync(file, '# pass 3\n# fail 0\n');
  assert.deepEqual(resultsOf(file, readTap, 134), { passed: 3, failed: 1, skipped: 0, brokeDown: true });
  assert.deepEqual(resultsOf(file, readTap, 0), { passed: 3, failed: 0, skipped: 0 });
  assert.equal(resultsOf(file, readVitest, 0).failed, 1, 'What cannot be read is no success.');
});

test('A run that reported nothing is a failure, even with exit code 0', () => {
  assert.equal(resultsOf(join(folder, 'none'), readTrx, 0).failed, 1);
});

test('The last line is what programs read', () => {
  assert.equal(summary(sum([{ passed: 3, failed: 0, skipped: 0 }, { passed: 4, failed: 0, skipped: 0 }])), '7 passed, 0 failed');
  assert.equal(summary(sum([{ passed: 1, failed: 2, skipped: 3 }])), '1 passed, 2 failed, 3 skipped');
});
