import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unlessInterrupted } from './console.mjs';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const running = new Set();

/** The file of a program: of a path as it is, else of the first folder of PATH that has it. Null when there is none. */
export function findProgram(name) {
  const places = name.includes('/') ? [name] : (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name));
  return places.find(isProgram) ?? null;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a command in the repository's folder to its end, without input.
 * @param {object} options
 * @param {Array} options.stdio of `spawn`: by default both outputs are collected
 * @param {(text: string) => void} options.onOutput hears the collected output as it comes
 * @returns {Promise<{ code: number, output: string }>} 127 for a command that cannot be started, 128 + n after signal n
 */
export async function run(command, args, { env = {}, cwd = root, stdio = ['ignore', 'pipe', 'pipe'], onOutput } = {}) {
  const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env } });
  running.add(child);
  child.on('close', () => running.delete(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', text => {
      output += text;
      onOutput?.(text);
    });
  }
  try {
    const [code, signal] = await once(child, 'close');
    await unlessInterrupted();
    return { code: code ?? 128 + (system.signals[signal] ?? 0), output };
  } catch (error) {
    running.delete(child);
    return { code: 127, output: `${error.message}\n` };
  }
}

/** Passes a signal on to the commands that run now; they end before this does. */
export async function endCommands(signal) {
  const ends = [...running].map(child => once(child, 'close').catch(() => {}));
  for (const child of running) child.kill(signal);
  await Promise.all(ends);
}
