import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, run } from './commands.mjs';
import { refuse, say } from './console.mjs';

const version = '4.15.1';
const node = 22; // What that version of the npm package asks for.
const howTo = 'install them (https://learn.microsoft.com/azure/azure-functions/functions-run-local), or name another Functions host with VOD_FUNC, '
  + 'and try again.';

/** A command for the shell: what VOD_FUNC names, or Core Tools on the PATH; null for neither. It is called as `func` is. */
export function findFunc() {
  const file = findProgram('func');
  return process.env.VOD_FUNC || (file && quoted(file));
}

/** The command that starts a Functions host; Core Tools are fetched from npm, once, where there is none. */
export async function needFunc() {
  const found = findFunc();
  if (found) return found;
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vodfunctions', `core-tools-${version}`);
  const fetched = join(folder, 'node_modules', '.bin', 'func');
  if (existsSync(fetched)) return quoted(fetched);
  if (Number.parseInt(process.versions.node, 10) < node) {
    refuse(`Azure Functions Core Tools 4 are missing, and npm's need Node.js ${node}: ${howTo}`);
  }
  say(`installing Azure Functions Core Tools ${version} (npm) into ${folder}`);
  mkdirSync(folder, { recursive: true });
  // Its install script downloads the program itself; where that fails, npm takes the package away again.
  const { code } = await run('npm', [
    'install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts=false', `azure-functions-core-tools@${version}`,
  ], { cwd: folder });
  if (code !== 0 || !existsSync(fetched)) refuse(`Azure Functions Core Tools 4 are missing and could not be installed from npm: ${howTo}`);
  return quoted(fetched);
}

const quoted = path => `'${path.replaceAll("'", "'\\''")}'`;
