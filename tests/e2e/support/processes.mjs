import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('guarded.mjs', import.meta.url));

/** Starts a command that ends with this process at the latest. `output` is what it has written so far. */
export function startProcess(command, args, { env = {}, cwd } = {}) {
  const child = spawn(process.execPath, [guard, command, ...args], {
    cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env },
  });
  const started = { output: '', ended: false, stop, kill };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => { started.output += text; });
  }
  child.stdin.on('error', () => {}); // It may have ended already.
  const closed = once(child, 'close').then(() => { started.ended = true; });
  return started;

  async function stop() {
    child.stdin.end();
    await closed;
  }

  /** As a power cut would: the command and what it has started get no chance to do anything more. */
  async function kill() {
    if (!started.ended) process.kill(-child.pid, 'SIGKILL');
    await closed;
  }
}

/** Runs a command to its end. Never rejects for an exit code: the caller looks at `code`. */
export async function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout = [];
  let stderr = '';
  child.stdout.on('data', bytes => stdout.push(bytes));
  child.stderr.setEncoding('utf8').on('data', text => { stderr += text; });
  const [code] = await once(child, 'close');
  return { code, stdout: Buffer.concat(stdout), stderr };
}

/**
 * Asks again and again until the answer is truthy, and returns it; fails with `what` when that takes too long. Most answers
 * cost several processes a call: who waits for long asks more and more seldom, down to a fifth as often.
 */
export async function until(what, ask, { seconds = 300, everyMs = 50 } = {}) {
  const end = performance.now() + seconds * 1000;
  for (let pauseMs = everyMs; ; pauseMs = Math.min(pauseMs * 1.2, everyMs * 5)) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}

/** True, for conditions: it runs. Throws once it has ended, with what it said. */
export function started(part) {
  if (part.ended) throw new Error(`It did not start:\n${part.output}`);
  return true;
}

/** A port of this machine that nobody has just now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
