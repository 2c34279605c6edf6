import { existsSync, readFileSync } from 'node:fs';

/** How many tests passed, failed and were skipped. */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/** Adds up results. */
export const sum = results => results.reduce((all, one) => ({
  passed: all.passed + one.passed, failed: all.failed + one.failed, skipped: all.skipped + one.skipped,
}), nothing);

/** As the last line of `./dev test` says it. */
export const summary = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

/** The results of `dotnet test`, a TRX file: `<Counters total="3" executed="3" passed="3" failed="0" error="0" ... />`. */
export function readTrx(text) {
  const counters = /<Counters ([^>]*)/.exec(text)?.[1] ?? '';
  const counter = name => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  return {
    passed: counter('passed'),
    failed: counter('failed') + counter('error') + counter('timeout') + counter('aborted'),
    skipped: counter('total') - counter('executed'),
  };
}

/** The results of `node --test`, in TAP: the comments at its end, such as `# pass 3`. */
export function readTap(text) {
  const counter = name => Number([...text.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  return {
    passed: counter('pass'), failed: counter('fail') + counter('cancelled'), skipped: counter('skipped') + counter('todo'),
  };
}

/** The results of vitest, as its JSON reporter writes them. */
export function readVitest(text) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/**
 * The results of a run: a run that broke down is a failure, even when every test that it reported has passed.
 * @param {string} file what its reporter has written, if it came to that
 * @param {(text: string) => object} read one of the above
 * @param {number} code its exit code
 */
export function resultsOf(file, read, code) {
  const found = existsSync(file) ? readOrNothing(file, read) : { ...nothing, failed: 1, brokeDown: true };
  return code !== 0 && found.failed === 0 ? { ...found, failed: 1, brokeDown: true } : found;
}

function readOrNothing(file, read) {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch {
    return { ...nothing, failed: 1, brokeDown: true };
  }
}
