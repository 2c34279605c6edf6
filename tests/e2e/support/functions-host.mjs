import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { output as outputOf } from '../../../tools/dev/build.mjs';
import { findFunc } from '../../../tools/dev/core-tools.mjs';
import { functionsApp, sampleSettings, startCommand, wiring } from '../../../tools/dev/functions-host.mjs';
import { isReady, startLocal } from './one-machine-host.mjs';
import { freePort, startProcess, started, until } from './processes.mjs';
import { connectionString } from './storage.mjs';

const output = outputOf(functionsApp);
const durable = 'AzureFunctionsJobHost__extensions__durableTask__';

/** As many activities as the one-machine host runs, and what a killed host had in hand comes back as soon as the engine allows. */
const paceOfTests = {
  [`${durable}maxConcurrentActivityFunctions`]: '16',
  [`${durable}storageProvider__maxQueuePollingInterval`]: '00:00:00.5000000',
  [`${durable}storageProvider__workItemQueueVisibilityTimeout`]: '00:01:00',
  [`${durable}storageProvider__controlQueueVisibilityTimeout`]: '00:01:00',
};

/** The command that starts a Functions host in the app's folder, as Core Tools' `func` does; null where there is none. */
export const func = findFunc();

/**
 * What a world with a Functions host and the app is made of: emulators (push, tokens, films, site) that outlive the app, with
 * the app's API behind their address. @see world.mjs
 */
export const functionsHost = { queues: true, pushOutlivesIt: true, prepare };

/** @returns a function that starts the Functions host, each time on what it has left */
async function prepare({ folder, storage, accountStorage, settings, env, keep, asShipped }) {
  if (!existsSync(join(output, 'host.json'))) {
    throw new Error('The app is not built: run ./dev test, or dotnet build src/VodFunctions/VodFunctions.csproj -c Release.');
  }
  const port = await freePort();
  const functions = `http://localhost:${port}`;
  const emulators = await startLocal({
    folder, storage, settings: { 'Vod:Local:FunctionsHost': functions, ...settings }, env, keep, emulatorsOnly: true,
  });
  const app = join(folder, 'app');
  await copyApp(app);
  await mkdir(join(folder, 'temp'));
  const appSettings = {
    ...sampleSettings(),
    ...wiring(await printed(emulators.process), connectionString(storage), connectionString(accountStorage)),
    Vod__Transcoding__WorkFolder: join(folder, 'work'),
    // Hosts of one id share locks and know each other's blobs.
    AzureFunctionsWebHost__hostid: `vod${randomBytes(8).toString('hex')}`,
    ...(asShipped ? {} : paceOfTests),
    ...Object.fromEntries(Object.entries(settings).filter(([name]) => !/^Vod:(WebPubSub|Local):/.test(name))
      .map(([name, value]) => [name.replaceAll(':', '__'), value])),
    TMPDIR: join(folder, 'temp'),
    ...env,
  };
  return async () => {
    const process = keep(startProcess(...startCommand(func, port), { cwd: app, env: appSettings }));
    await until('the Functions host is ready', async () => started(process) && await isReady(`${emulators.url}/api/health/ready`),
      { everyMs: 200 });
    return { process, url: emulators.url };
  };
}

/** The app of this test alone, without what somebody has set for theirs. */
function copyApp(to) {
  return cp(output, to, {
    recursive: true, mode: constants.COPYFILE_FICLONE, filter: file => basename(file) !== 'local.settings.json',
  });
}

/** What the emulators say that the app must know of them. */
function printed(emulators) {
  return until('the emulators print their settings', () => /^tokens: .*\n/m.test(emulators.output) && emulators.output);
}
