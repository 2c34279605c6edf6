/** Collects what one rule found. A rule with nothing to look at says so by `skip`. */
export class Verdict {
  problems = [];

  measured = {};

  reason = null;

  /** Notes a problem unless that holds. */
  expect(holds, problem) {
    if (!holds) this.problems.push(problem);
  }

  /** Notes numbers about a rendition. */
  measure(name, numbers) {
    this.measured[name] = { ...this.measured[name], ...numbers };
  }

  skip(reason) {
    this.reason = reason;
  }

  get outcome() {
    if (this.problems.length > 0) return 'fail';
    return this.reason ? 'skip' : 'pass';
  }
}

/** Holds every rule against what it looks at. */
export function judge(rules, subject) {
  return rules.map(({ number, level, title, check }) => {
    const verdict = new Verdict();
    check(subject, verdict);
    const { outcome, problems, reason, measured } = verdict;
    return { number, level, title, outcome, problems, reason, ...(Object.keys(measured).length > 0 && { measured }) };
  });
}

/** Whether a MUST is broken. */
export const isBroken = result => result.level === 'MUST' && result.outcome === 'fail';

const count = (results, outcome) => results.filter(result => result.outcome === outcome).length;

/** One line for each rule, and one for each problem. */
export function report(results) {
  const lines = results.flatMap(({ number, level, title, outcome, problems, reason }) => [
    `${outcome.padEnd(4)}  ${level.padEnd(6)}  ${number.padEnd(17)}  ${title}${reason && outcome === 'skip' ? ` (${reason})` : ''}`,
    ...problems.slice(0, 5).map(problem => `${' '.repeat(33)}${problem}`),
    ...(problems.length > 5 ? [`${' '.repeat(33)}and ${problems.length - 5} more`] : []),
  ]);
  return [
    ...lines,
    `${count(results, 'pass')} passed, ${count(results, 'fail')} failed, ${count(results, 'skip')} skipped; ` +
      `${results.filter(isBroken).length} broken MUST rules`,
  ].join('\n');
}

/** The same for programs. */
export const jsonReport = (url, source, results) => ({
  url,
  source: source ?? null,
  passed: count(results, 'pass'),
  failed: count(results, 'fail'),
  skipped: count(results, 'skip'),
  broken: results.filter(isBroken).map(({ number }) => number),
  rules: results.map(({ number, ...rest }) => ({ rule: number, ...rest })),
});
