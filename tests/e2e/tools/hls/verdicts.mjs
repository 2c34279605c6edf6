/** Collects what one rule found. A rule with nothing to look at says so by `skip`. */
export class Verdict {
  problems = [];

  reason = null;

  /** Notes a problem unless that holds. */
  expect(holds, problem) {
    if (!holds) this.problems.push(problem);
  }

  skip(reason) { this.reason = reason; }

  get outcome() {
    if (this.problems.length > 0) return 'fail';
    return this.reason ? 'skip' : 'pass';
  }
}

/** Holds every rule against a presentation. */
export function judge(rules, presentation) {
  return rules.map(({ number, level, title, check }) => {
    const verdict = new Verdict();
    check(presentation, verdict);
    return { number, level, title, outcome: verdict.outcome, problems: verdict.problems, reason: verdict.reason };
  });
}

/** Whether a MUST is broken. */
export const isBroken = result => result.level === 'MUST' && result.outcome === 'fail';

/** One line for each rule, and one for each problem. */
export function report(results) {
  const lines = results.flatMap(({ number, level, title, outcome, problems, reason }) => [
    `${outcome.padEnd(4)}  ${level.padEnd(6)}  ${number.padEnd(13)}  ${title}${reason && outcome === 'skip' ? ` (${reason})` : ''}`,
    ...problems.map(problem => `${' '.repeat(29)}${problem}`),
  ]);
  const count = outcome => results.filter(result => result.outcome === outcome).length;
  return [...lines, `${count('pass')} passed, ${count('fail')} failed, ${count('skip')} skipped; `
    + `${results.filter(isBroken).length} broken MUST rules`].join('\n');
}
