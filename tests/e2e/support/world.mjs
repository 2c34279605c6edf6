import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { func, functionsHost } from './functions-host.mjs';
import { oneMachineHost } from './one-machine-host.mjs';
import { startStorage } from './storage.mjs';
import { startStorageProxy } from './storage-proxy.mjs';

const hosts = { local: oneMachineHost, functions: functionsHost };
const name = process.env.VOD_HOST ?? 'local';
if (!hosts[name]) throw new Error(`VOD_HOST is "${name}"; it may be ${Object.keys(hosts).join(' or ')}.`);

/** Why a suite is skipped, for its `skip`: there is no host of the kind that VOD_HOST names. False where there is one. */
export const noHost = name === 'functions' && !func
  && 'no Functions host: install Azure Functions Core Tools 4, or set VOD_FUNC to a command that starts one';
if (noHost && process.env.VOD_REQUIRE_FUNCTIONS === '1') throw new Error(noHost);

/**
 * A storage emulator and the real host on free ports, with a data folder of their own: the one-machine host, or with
 * VOD_HOST=functions a Functions host with the app.
 * @param {Record<string, string>} settings of the host, such as `{ 'Vod:Transcoding:Packaging': 'MpegTs' }`
 * @param {boolean} storageProxy whether the host reaches the storage through a proxy that the test can hold it up with
 * @param {Record<string, string>} env of the host, beside this process's own
 * @param {boolean} asShipped leaves a Functions host the pace of its own settings; tests give it that of the one-machine host
 * @param {boolean} emulatorsOnly starts the one-machine host without the API and its jobs; it then prints its connection string
 */
export async function startWorld(settings = {}, { storageProxy = false, asShipped = false, emulatorsOnly = false, env = {} } = {}) {
  const kind = emulatorsOnly ? oneMachineHost : hosts[name];
  const folder = await mkdtemp(join(tmpdir(), 'vod-e2e-'));
  const parts = [];
  const keep = part => {
    parts.push(part);
    return part;
  };
  const stop = async () => {
    // The host first: it still writes to the storage while it stops.
    for (const part of parts.reverse()) await part.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const storage = keep(await startStorage(kind));
    const proxy = storageProxy ? keep(await startStorageProxy(storage)) : null;
    const start = await kind.prepare({
      folder, settings, env, keep, asShipped, emulatorsOnly,
      accountStorage: storage, storage: { ...storage, ...(proxy && { blobEndpoint: proxy.blobEndpoint }) },
    });
    let host = await start();
    return {
      get url() { return host.url; },
      storage, folder, storageProxy: proxy, stop,
      /** Whether connections for notices are another program's, and stay when the host goes. */
      pushOutlivesHost: kind.pushOutlivesIt,
      log: () => host.process.output,
      /** Stops the host, which says goodbye. */
      stopHost: () => host.process.stop(),
      /** Kills the host, as a power cut would. */
      kill: () => host.process.kill(),
      /** Starts an ended host on what it has left, at the same address unless somebody else has taken it: see `url`. */
      startAgain: async () => { host = await start(); },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
