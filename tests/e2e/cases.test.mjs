// Files as people really have them come out as wanted, in both packagings: the table of ./dev cases.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './support/processes.mjs';

const all = process.env.VOD_TEST_ALL === '1';
const cases = fileURLToPath(new URL('../cases/main.mjs', import.meta.url));

describe('Files as people have them', { skip: !all && 'long' }, () => {
  test('come out as wanted in both packagings', async t => {
    const { code, stdout, stderr } = await run(process.execPath, [cases]);
    assert.equal(code, 0, `${stdout}${stderr}`);
    t.diagnostic(String(stdout).trim().split('\n').at(-1));
  });
});
