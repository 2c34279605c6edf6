import { constants } from 'node:os';
import { dll } from './build.mjs';
import { endCommands, run } from './commands.mjs';
import { interrupt, refuse, say, unlessInterrupted } from './console.mjs';
import { lockDataFolder } from './data-folder.mjs';
import { Supervisor, endGroup } from './supervisor.mjs';
import { showEndOf } from './until.mjs';

const ending = [];
let ended = null;
const endOnce = () => (ended ??= Promise.all(ending.map(end => end())));

/** The demo's project. */
export const demo = 'src/VodFunctions.Demo';

/**
 * Runs a verb that keeps programs running: locks the data folder, gives the verb a supervisor, and stops everything however
 * the verb ends.
 * @param {string} name the data folder
 * @param {(stage: { folder: string, supervisor: Supervisor }) => Promise<number>} verb
 */
export async function onStage(name, verb) {
  const { path: folder, leftovers, unlock } = lockDataFolder(name);
  const supervisor = new Supervisor(folder);
  const stop = async () => {
    await supervisor.stop();
    unlock();
  };
  ending.push(stop);
  try {
    for (const pid of leftovers) await endGroup(pid);
    return await verb({ folder, supervisor });
  } finally {
    await endOnce();
  }
}

/** On a signal: passes it on to what runs for a moment, stops what was started, and exits. Later signals change nothing. */
export function exitOnSignals() {
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (signalled) return;
      signalled = true;
      interrupt();
      await endCommands(signal);
      await endOnce();
      process.exit(128 + constants.signals[signal === 'SIGHUP' ? 'SIGTERM' : signal]);
    });
  }
  // A terminal that has gone must not end the end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** Takes a video through the whole job, as a browser would. */
export async function runDemo({ folder }, { url, video, log }) {
  const args = ['--url', url, '--work', `${folder}/demo`, ...(video ? ['--video', video] : [])];
  const { code } = await run('dotnet', [dll(demo), ...args], { cwd: process.cwd(), stdio: ['ignore', 'inherit', 'inherit'] });
  if (code !== 0) refuse(`The demo did not end COMPLETED: see above, and ${log}.`);
}

const subjects = { azurite: 'The storage emulator', host: 'The host', functions: 'The Functions host' };

/** Returns never: it ends by a signal, or with a refusal when one of the programs has ended. */
export async function stayUp({ supervisor }) {
  say('running, Ctrl-C stops it');
  const first = await supervisor.firstToEnd();
  await unlessInterrupted();
  showEndOf(first.log);
  refuse(`${subjects[first.name]} has stopped: see the message above.`);
}
