import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dll, site } from '../build.mjs';
import { root } from '../commands.mjs';
import { readTap, readTrx, readVitest } from './results.mjs';

/** Where the reporters write. */
export const resultsFolder = join(root, 'artifacts', 'test-results');

const long = { all: [], short: ['--filter', 'Category!=Long'] };

/**
 * A part of what `./dev test` runs.
 * @typedef {object} Part
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string>} [env]
 * @property {string} file where its reporter writes
 * @property {(text: string) => object} read reads that
 * @property {RegExp} each what stands in its output once for each test that has ended
 */

/**
 * What encodes beside what waits, for a browser, a network or a clock: so neither core is idle. The long tests measure
 * more than the short ones, and have the machine to themselves.
 * @returns {{ sideBySide: Part[][], alone: Part[] }}
 */
export function parts({ all }) {
  const lanes = [
    testProjects().map(project => dotnetPart(project, all)),
    [
      sitePart(),
      nodePart('dev', 'tests/dev', all),
      // They wait for much; but more at a time would share the processor too thinly with what encodes.
      nodePart('e2e', 'tests/e2e', all, ...(all ? [] : ['--test-concurrency=2'])),
      nodePart('browser', 'tests/e2e/web', all, `--test-concurrency=${all ? 3 : 2}`),
    ].filter(Boolean),
  ];
  return {
    sideBySide: all ? [lanes.flat()] : lanes,
    // These measure what a browser shows on a slow network: nothing else may run then.
    alone: [nodePart('measured', 'tests/e2e/web/measured', all, '--test-concurrency=1')].filter(Boolean),
  };
}

/** The folders of the test projects of the solution, in its order. */
function testProjects() {
  const solution = readFileSync(join(root, 'VodFunctions.sln'), 'utf8');
  return [...solution.matchAll(/"(tests[\\/][^"]*\.Tests)[\\/][^"]*\.csproj"/g)].map(([, folder]) => folder.replaceAll('\\', '/'));
}

function dotnetPart(project, all) {
  const name = basename(project);
  return {
    name, command: 'dotnet', args: [
      // The assembly and not the project: MSBuild has nothing to say any more.
      'test', dll(project), '--nologo', '--results-directory', resultsFolder,
      '--logger', `trx;LogFileName=${name}.trx`, '--logger', 'console;verbosity=normal', ...(all ? long.all : long.short),
    ],
    file: join(resultsFolder, `${name}.trx`), read: readTrx, each: /^ {2}(?:Passed|Failed|Skipped) .*\n/gm,
  };
}

function sitePart() {
  const file = join(resultsFolder, 'site.json');
  return {
    name: 'site', command: 'npm', args: ['run', '-s', '-w', site, 'test', '--', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    env: { NO_COLOR: '1' }, file, read: readVitest, each: /·/g,
  };
}

// The files that lie in the folder: those below it are other parts'.
function nodePart(name, folder, all, ...options) {
  const absolute = join(root, folder);
  const files = existsSync(absolute) ? readdirSync(absolute).filter(file => file.endsWith('.test.mjs')).sort() : [];
  const file = join(resultsFolder, `${name}.tap`);
  return files.length > 0 && {
    name, command: process.execPath, args: [
      '--test', '--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${file}`,
      ...options, ...files.map(each => join(folder, each)),
    ],
    env: { VOD_TEST_ALL: all ? '1' : '0' }, file, read: readTap, each: /^\s*[✔✖﹣] .*\n/gm,
  };
}
