import { mkdirSync, rmSync } from 'node:fs';
import { run } from '../commands.mjs';
import { exitWith, say } from '../console.mjs';
import { runLanes } from './lanes.mjs';
import { parts, resultsFolder } from './parts.mjs';
import { resultsOf, sum, summary } from './results.mjs';

const everyMs = 30_000;

/**
 * Builds, runs every part, shows the output of those that fail, and counts the results in the last line.
 * @param {object} options
 * @param {boolean} options.all whether the long tests run too
 * @param {() => Promise<void>} options.prepare builds what is tested
 * @returns {Promise<number>} the exit code
 */
export async function testAll({ all, prepare }) {
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  const progress = new Progress();
  const results = (await exitWith(prepare)) === 0 ? await runParts(parts({ all }), progress) : [{ passed: 0, failed: 1, skipped: 0 }];
  const total = sum(results);
  say(summary(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runParts(lanes, progress) {
  progress.of(lanes.sideBySide.flat().length + lanes.alone.length);
  return runLanes(lanes, part => runPart(part, progress));
}

async function runPart(part, progress) {
  let ended = 0;
  progress.say(part, 'begins');
  const onOutput = text => { ended += text.match(part.each)?.length ?? 0; };
  const timer = setInterval(() => progress.say(part, `${ended} tests so far`), everyMs);
  const { code, output } = await run(part.command, part.args, { env: part.env, onOutput });
  clearInterval(timer);
  const results = resultsOf(part.file, part.read, code);
  // What passed is counted; what did not is shown as it was told.
  if (results.failed > 0) say(output.replaceAll(/^ {2}Passed .*\n/gm, '').trimEnd());
  progress.end(part, `${summary(results)}${results.brokeDown ? ' (the run itself failed)' : ''}`);
  return results;
}

/** Says how far it is: which part, how many of how many have ended, minutes since the start. */
class Progress {
  #start = performance.now();
  #ended = 0;
  #parts = 0;

  of(parts) {
    this.#parts = parts;
  }

  end(part, what) {
    this.#ended++;
    this.say(part, what);
  }

  say({ name }, what) {
    const minutes = ((performance.now() - this.#start) / 60_000).toFixed(1);
    say(`[${this.#ended} of ${this.#parts} parts, ${minutes} min] ${name}: ${what}`);
  }
}
