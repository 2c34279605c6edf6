import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { identityOf } from './data-folder.mjs';

const patience = 25_000; // Milliseconds from SIGTERM to SIGKILL.

/**
 * Starts programs, each as a process group of its own, and ends them in the reverse order. Ctrl-C at the terminal does not
 * reach them before that. Should this process be killed, a guard ends them instead.
 */
export class Supervisor {
  #folder;
  #guard;
  #children = [];
  #stopping = false;

  /** @param {string} folder the data folder: logs are below it, and who runs is recorded in it */
  constructor(folder) {
    this.#folder = folder;
    this.#guard = spawn('/bin/sh', [fileURLToPath(new URL('guard.sh', import.meta.url))], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#guard.stdin.on('error', () => {}); // A guard that somebody has killed is missed only when it is needed.
  }

  /**
   * Starts a program without input; what it says goes to `logs/{name}.log`.
   * @param {object} options
   * @param {boolean} options.stdout whether its standard output can be read as `child.stdout` instead
   * @param {boolean} options.wholeGroup whether SIGTERM is for its whole group: for a program that does not pass it on
   */
  async start(name, command, args, { env = {}, cwd, stdout = false, wholeGroup = false } = {}) {
    if (this.#stopping) return new Promise(() => {}); // Nothing begins any more.
    const log = join(this.#folder, 'logs', `${name}.log`);
    const file = openSync(log, 'w');
    const program = spawn(command, args, {
      cwd, detached: true, stdio: ['ignore', stdout ? 'pipe' : file, file], env: withoutUndefined({ ...process.env, ...env }),
    });
    closeSync(file);
    const { pid } = program;
    if (!pid) await once(program, 'spawn'); // Throws: it could not be started.
    const child = { name, pid, log, target: wholeGroup ? -pid : pid, stdout: program.stdout, ended: false, end: null };
    child.end = once(program, 'exit').then(() => {
      child.ended = true;
      if (!wholeGroup) this.#tell('end', child);
    });
    this.#children.push(child);
    this.#tell('start', child);
    writeFileSync(this.#record(child), identityOf(pid));
    return child;
  }

  /** The first of its programs that ends. */
  firstToEnd() {
    return Promise.race(this.#children.map(child => child.end.then(() => child)));
  }

  /** Ends all, the last started first: a host still writes to the storage while it stops. */
  async stop() {
    this.#stopping = true;
    for (const child of this.#children.splice(0).reverse()) {
      await endGroup(child.pid, child.target);
      await child.end;
      this.#tell('end', child);
      rmSync(this.#record(child), { force: true });
    }
    this.#guard.kill('SIGKILL');
  }

  #record(child) {
    return join(this.#folder, `${child.name}.pid`);
  }

  #tell(what, { target, pid }) {
    this.#guard.stdin.write(`${what} ${target} ${pid}\n`);
  }
}

/**
 * Asks a process group to end, waits, then insists: FFmpeg runs in the host's group and goes with it.
 * @param {number} group the process id of its leader
 * @param {number} target what is asked and awaited: the leader, or the whole group (negative)
 */
export async function endGroup(group, target = group) {
  const end = performance.now() + patience;
  signal(target, 'SIGTERM');
  while (signal(target, 0) && performance.now() < end) await delay(50);
  signal(-group, 'SIGKILL');
}

function signal(target, name) {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
}

const withoutUndefined = env => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
