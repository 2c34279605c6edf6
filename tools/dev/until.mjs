import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { refuse, unlessInterrupted } from './console.mjs';

/**
 * Asks until the answer is truthy, and returns it.
 * @param {import('./supervisor.mjs').Supervisor} child what must go on running meanwhile
 * @param {string} what the sentence's subject, such as "The host"
 * @param {number} seconds the longest wait
 */
export async function untilReady(child, what, ask, seconds) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (child.ended) {
      await unlessInterrupted();
      showEndOf(child.log);
      refuse(`${what} did not start: see the message above.`);
    }
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) refuse(`${what} is not ready after ${seconds} s: see ${child.log}.`);
    await delay(100);
  }
}

/** Whether a GET of that address succeeds now. */
export const answers = url => fetch(url, { signal: AbortSignal.timeout(5000) }).then(answer => answer.ok, () => false);

/** Shows the last lines of a log. */
export function showEndOf(log) {
  process.stderr.write(`${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n')}\n`);
}
