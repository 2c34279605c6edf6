import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, root, run } from './commands.mjs';
import { refuse, say } from './console.mjs';

/** The .NET SDK that `global.json` asks for. */
export async function needDotnet() {
  const where = 'install it from https://dot.net and try again.';
  if (!findProgram('dotnet')) refuse(`The .NET 10 SDK is missing: ${where}`);
  if ((await run('dotnet', ['--version'])).code !== 0) refuse(`The .NET 10 SDK is missing (another version is installed): ${where}`);
}

/** npm; that Node is there and new enough, `./dev` itself has looked. */
export function needNpm() {
  if (!findProgram('npm')) refuse('Node.js 20 or newer with npm is missing: install it from https://nodejs.org and try again.');
}

const hasFFmpeg = () => findProgram('ffmpeg') !== null && findProgram('ffprobe') !== null;

/** FFmpeg, installed where there is a package manager; with bubblewrap, by which its sandbox does most. */
export async function needFFmpeg() {
  if (hasFFmpeg()) return;
  await install('FFmpeg', { apt: ['ffmpeg', 'bubblewrap'], brew: ['ffmpeg'] }, {
    missing: 'FFmpeg is missing: install ffmpeg 5.1 or newer, with ffprobe and libx264, and try again.',
    byHand: 'install it by hand and try again.',
  });
  if (!hasFFmpeg()) refuse('FFmpeg was installed but ffmpeg and ffprobe are not on the PATH.');
}

// Without windows, extensions and profiles it takes half the processor of the whole browser: what is tested is in both.
const headlessShell = 'chromium-headless-shell';

const browsers = [
  headlessShell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The browser that the tests drive, installed where there is a package manager; sets VOD_CHROMIUM. The headless shell is
 * taken before a whole browser, and root gets it from apt where there is one already.
 */
export async function needChromium() {
  const named = process.env.VOD_CHROMIUM;
  if (named && !findProgram(named)) refuse(`VOD_CHROMIUM names no program: ${named}.`);
  if (!named && !findProgram(headlessShell)) await tryInstallHeadlessShell();
  const find = () => findProgram(named || '') ?? browsers.map(findProgram).find(Boolean);
  if (!find()) {
    await install('Chromium', { apt: ['chromium'], brew: ['--cask', 'chromium'] }, {
      missing: 'Chromium is missing: install it or Google Chrome, or name one with VOD_CHROMIUM, and try again.',
      byHand: 'install it by hand, or name a browser with VOD_CHROMIUM, and try again.',
    });
  }
  process.env.VOD_CHROMIUM = find() ?? refuse('Chromium was installed but is not on the PATH: name it with VOD_CHROMIUM.');
}

async function tryInstallHeadlessShell() {
  if (process.getuid() !== 0 || !findProgram('apt-get') || (await run('apt-cache', ['show', headlessShell])).code !== 0) return;
  say('installing Chromium\'s headless shell (apt-get)');
  // Bounded, as there may be no network; the tests run without it, only longer.
  const { code } = await run('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '-qq', '--no-install-recommends',
    '-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::Retries=0', headlessShell]);
  if (code !== 0) say('it could not be installed: another browser is taken');
}

async function install(what, packages, { missing, byHand }) {
  const isRoot = process.getuid() === 0;
  const [manager, commands] = findProgram('apt-get') && (isRoot || findProgram('sudo'))
    ? ['apt-get', [['apt-get', 'update', '-qq'], ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '-qq', ...packages.apt]]]
    : findProgram('brew') ? ['brew', [['brew', 'install', ...packages.brew]]] : refuse(missing);
  say(`installing ${what} (${manager})`);
  const sudo = manager === 'brew' || isRoot ? [] : process.stdin.isTTY ? ['sudo'] : ['sudo', '-n'];
  for (const command of commands) {
    const [program, ...args] = [...sudo, ...command];
    const { code } = await run(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (code !== 0) refuse(`${what} could not be installed with ${manager}: ${byHand}`);
  }
}

/** The npm packages that the lock file names. */
export async function needPackages() {
  needNpm();
  if (packagesAreCurrent()) return;
  say('installing npm packages');
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) refuse('npm packages could not be installed: see the message above.');
}

// Compares contents, not times: a fresh checkout makes every file look new.
function packagesAreCurrent() {
  const read = name => JSON.parse(readFileSync(join(root, name), 'utf8')).packages;
  try {
    const found = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json'))
      .filter(([name, entry]) => name.startsWith('node_modules/') && !entry.link && !entry.optional)
      .every(([name, entry]) => found[name]?.version === entry.version);
  } catch {
    return false;
  }
}
