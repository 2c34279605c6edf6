import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from './build.mjs';
import { root } from './commands.mjs';
import { refuse } from './console.mjs';
import { answers, untilReady } from './until.mjs';

/** The Functions app's project. */
export const functionsApp = 'src/VodFunctions';

/**
 * The environment of a Functions host that runs the app beside the emulators. What says where these are wins, then the
 * environment of `./dev`, then `local.settings.json`, whenever that was made, then its sample.
 * @param {string} printed what the emulators print: a `NAME=value` a line
 * @param {string} storage the storage emulator's connection string, with queues and tables
 * @param {string} folder the data folder
 */
export function appSettings(printed, storage, folder, env = process.env) {
  return {
    Vod__Transcoding__WorkFolder: join(folder, 'work'),
    ...sampleSettings(),
    ...valuesOf('local.settings.json'),
    ...env,
    ...wiring(printed, storage),
  };
}

/** The settings of an app on one machine; where the emulators are, others say. */
export const sampleSettings = () => valuesOf('local.settings.sample.json');

/** The settings that say where the emulators are. `account`: the storage as the host itself reaches it, where that differs. */
export function wiring(printed, storage, account = storage) {
  return {
    ...Object.fromEntries([...printed.matchAll(/^(Vod\w+)=(.*)$/gm)].map(([, name, value]) => [name, value])),
    AzureWebJobsStorage: account, VodStorage: account, Vod__Storage__ConnectionString: storage,
    // With that name set a host takes itself for one of Azure's own machines, and answers 503 to everything.
    CONTAINER_NAME: undefined,
  };
}

/** Program and arguments that start a Functions host, in the app's folder, by a command for the shell that is called as `func` is. */
export const startCommand = (func, port) => ['/bin/sh', ['-c', `exec ${func} "$@"`, 'func', 'start', '--port', `${port}`]];

function valuesOf(name) {
  const file = join(root, name);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')).Values ?? {};
  } catch (error) {
    return refuse(`${name} is not JSON: ${error.message}.`);
  }
}

/**
 * Starts a Functions host with the app as built, and returns when the API is ready.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {string} func a command, for the shell, that is called as Core Tools' `func` is
 * @param {number} port where the host listens
 * @param {string} health an address behind which the API is
 * @param {Record<string, string | undefined>} settings its environment
 */
export async function startFunctionsHost(supervisor, { func, port, health, settings }) {
  const child = await supervisor.start('functions', ...startCommand(func, port), { cwd: output(functionsApp), env: settings, wholeGroup: true });
  await untilReady(child, 'The Functions host', () => answers(health), 240);
}
