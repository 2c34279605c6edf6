import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Journal } from './journal.mjs';
import { startNetwork } from './network.mjs';

// The page's own names for what it keeps of whom: `src/sign-in/development.ts`, `src/i18n/language.ts`.
const userKey = 'vod.user';
const languages = { en: 'en-US', ko: 'ko-KR' };
const screens = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

/** Starts Chromium, once for a test file: the one that `VOD_CHROMIUM` names, which `./dev test` has found. */
export async function startBrowser() {
  const executablePath = process.env.VOD_CHROMIUM || '/usr/bin/chromium';
  const isRoot = process.getuid?.() === 0; // For whom Chromium has no sandbox.
  const chrome = await chromium.launch({ executablePath, chromiumSandbox: !isRoot, args: ['--mute-audio'] });
  return new Browser(chrome);
}

class Browser {
  #chrome;
  #networks = [];

  constructor(chrome) { this.#chrome = chrome; }

  /**
   * A page of the site in a profile of its own, closed when the test ends. The test fails for whatever the profile's pages
   * report by then: an error that nobody caught, a violation of the content security policy, `console.error`; of a test
   * that fails, a picture and all that was reported are kept. `expectProblem` says what is no fault.
   * @param {import('node:test').TestContext} test
   * @param {object} options
   * @param {string} options.url of the site
   * @param {string} [options.user] who is signed in; nobody when left out
   * @param {'en' | 'ko'} [options.language] of the browser
   * @param {'light' | 'dark'} [options.theme] of the system
   * @param {'desktop' | 'phone'} [options.screen]
   * @param {import('./network.mjs').Network} [options.network] all that the profile sends goes through it
   * @returns {Promise<import('playwright-core').Page>} paths are relative to the site
   */
  async newPage(test, { url, user, language = 'en', theme = 'light', screen = 'desktop', network }) {
    const origin = new URL(url).origin;
    const context = await this.#chrome.newContext({
      baseURL: origin, locale: languages[language], colorScheme: theme, ...screens[screen],
      ...(network && { proxy: { server: network.server } }),
      ...(user && { storageState: { cookies: [], origins: [{ origin, localStorage: [{ name: userKey, value: user }] }] } }),
    });
    context.setDefaultTimeout(300_000);
    const journal = await Journal.of(context);
    test.after(async () => {
      try {
        if (test.error) await keep(test, context, journal);
        else await endWell(test, context, journal);
      } finally {
        await context.close();
      }
    });
    return context.newPage();
  }

  /** A network for a page, or for some that share it. It ends with the browser, after the pages that are on it. */
  async newNetwork() {
    const network = await startNetwork();
    this.#networks.push(network);
    return network;
  }

  async stop() {
    await this.#chrome.close();
    for (const network of this.#networks) await network.stop();
  }
}

/** Says that reports of that kind are no fault in this test: the text begins with `page error`, `console.error` or `policy`. */
export function expectProblem(page, ...patterns) {
  Journal.in(page.context()).expected.push(...patterns);
}

/** What the pages of this profile have reported so far, expected or not: a line each. */
export function reports(page) { return Journal.in(page.context()).lines; }

async function endWell(test, context, journal) {
  try {
    assert.deepEqual(journal.problems, [], 'the page reports no problem');
  } catch (error) {
    await keep(test, context, journal);
    throw error;
  }
}

async function keep(test, context, journal) {
  const folder = await mkdtemp(join(tmpdir(), 'vod-web-failure-'));
  await writeFile(join(folder, 'reports.txt'), `${test.name}\n\n${journal.lines.join('\n')}\n`);
  for (const [index, page] of context.pages().entries()) {
    // A page that hangs or has crashed has no picture.
    await page.screenshot({ path: join(folder, `page-${index + 1}.png`), timeout: 15_000 })
      .catch(error => writeFile(join(folder, `page-${index + 1}.txt`), String(error)));
  }
  // Where only the output of a run is kept, the last reports are all there is.
  console.error([...journal.lines.slice(-20), `"${test.name}" failed: pictures and reports of its pages are in ${folder}`].join('\n'));
}
