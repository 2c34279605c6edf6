const journals = new WeakMap();

/** What the pages of one browser profile report, in order. URLs are written without their queries: SAS live there. */
export class Journal {
  /** A line for each report: console, errors, requests that failed. */
  lines = [];

  /** What is no fault. */
  expected = [];

  #problems = [];

  /** Of a profile that is new. */
  static async of(context) {
    const journal = new Journal();
    journals.set(context, journal);
    context.on('console', message => {
      const where = message.location().url;
      const text = `console.${message.type()}: ${message.text()}${where ? ` (${bare(where)})` : ''}`;
      journal.#add(text, message.type() === 'error');
    });
    context.on('weberror', each => journal.#add(`page error: ${each.error().stack ?? each.error()}`, true));
    context.on('page', page => page.on('crash', () => journal.#add(`page error: crashed (${bare(page.url())})`, true)));
    context.on('requestfailed', request =>
      journal.#add(`failed: ${request.method()} ${bare(request.url())}: ${request.failure()?.errorText}`));
    context.on('response', response => {
      if (response.status() >= 400) journal.#add(`${response.status()}: ${response.request().method()} ${bare(response.url())}`);
    });
    await context.exposeFunction('vodTestReportViolation', text => journal.#add(`policy: ${text}`, true));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', event => globalThis.vodTestReportViolation(
        `${event.effectiveDirective} blocks ${event.blockedURI.split('?')[0]} (${event.sourceFile}:${event.lineNumber})`));
    });
    return journal;
  }

  static in(context) { return journals.get(context); }

  /** The reports that nobody expected. */
  get problems() { return this.#problems.filter(text => !this.expected.some(pattern => pattern.test(text))); }

  #add(text, isProblem = false) {
    const line = text.replaceAll(/(https?:\/\/[^\s?)'"]+)\?[^\s)'"]*/g, '$1');
    this.lines.push(line);
    if (isProblem) this.#problems.push(line);
  }
}

const bare = url => url.split('?')[0];
