import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startProcess, started, until } from './processes.mjs';
import { connectionString } from './storage.mjs';

const dll = fileURLToPath(new URL('../../../src/VodFunctions.Local/bin/Release/net10.0/VodFunctions.Local.dll', import.meta.url));

/** What a world with the one-machine host is made of. @see world.mjs */
export const oneMachineHost = { queues: false, pushOutlivesIt: false, prepare };

/** @returns a function that starts the host, each time on what it has left, and at the same address if that is free */
async function prepare({ folder, storage, settings, env, keep, emulatorsOnly }) {
  let port = null;
  return async () => {
    const host = await startLocal({ folder, storage, settings, env, keep, port, emulatorsOnly });
    port = new URL(host.url).port;
    return host;
  };
}

/**
 * The program of the one-machine host, whole or with its emulators only.
 * @returns its `process`, and the `url` where it is ready
 */
export async function startLocal({ folder, storage, settings, env, keep, port, emulatorsOnly }) {
  if (!existsSync(dll)) throw new Error('The host is not built: run ./dev test, or dotnet build src/VodFunctions.Local -c Release.');
  for (let attempt = 1; ; attempt++) {
    const url = `http://localhost:${attempt === 1 && port ? port : await freePort()}`;
    const all = {
      Urls: url, 'Vod:Local:DataFolder': join(folder, 'data'), 'Vod:Storage:ConnectionString': connectionString(storage), ...settings,
    };
    const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    const process = keep(startProcess('dotnet', [dll, ...(emulatorsOnly ? ['--emulators'] : []), ...args], { env }));
    try {
      await until('the host is ready', async () => started(process) && await isReady(`${url}/api/health${emulatorsOnly ? '' : '/ready'}`),
        { everyMs: 100 });
      return { process, url };
    } catch (error) {
      // Somebody else may have taken the port between the question and the start.
      if (attempt === 3 || !process.output.includes('port is in use')) throw error;
    }
  }
}

export const isReady = url => fetch(url).then(answer => answer.ok, () => false);
