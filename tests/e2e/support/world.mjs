import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, until } from './processes.mjs';
import { startStorageProxy } from './storage-proxy.mjs';

const hostDll = fileURLToPath(
  new URL('../../../src/VodFunctions.Local/bin/Release/net10.0/VodFunctions.Local.dll', import.meta.url));
const azurite = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');

/**
 * A storage emulator and the real host on free ports, with a data folder of their own.
 * @param {Record<string, string>} settings of the host, such as `{ 'Vod:Transcoding:Packaging': 'MpegTs' }`
 * @param {boolean} storageProxy whether the host reaches the storage through a proxy that the test can hold it up with
 * @param {boolean} emulatorsOnly starts the host without the API and its jobs; it then prints its connection string
 */
export async function startWorld(settings = {}, { storageProxy = false, emulatorsOnly = false } = {}) {
  if (!existsSync(hostDll)) {
    throw new Error('The host is not built: run ./dev test, or dotnet build src/VodFunctions.Local -c Release.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'vod-e2e-'));
  const parts = [];
  const stop = async () => {
    // The host first: it still writes to the storage while it stops.
    for (const part of parts.reverse()) await part.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const storage = await startStorage(parts);
    const proxy = storageProxy ? await startStorageProxy(storage) : null;
    if (proxy) parts.push(proxy);
    const hostsStorage = { ...storage, ...(proxy && { blobEndpoint: proxy.blobEndpoint }) };
    const start = port => startHost(parts, folder, hostsStorage, settings, { port, emulatorsOnly });
    let { host, url } = await start();
    return {
      get url() { return url; },
      storage, folder, storageProxy: proxy, stop,
      log: () => host.output,
      /** Stops the host, which says goodbye. */
      stopHost: () => host.stop(),
      /** Kills the host, as a power cut would. */
      kill: () => host.kill(),
      /** Starts an ended host on what it has left, at the same address unless somebody else has taken it: see `url`. */
      startAgain: async () => { ({ host, url } = await start(new URL(url).port)); },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startStorage(parts) {
  const account = { name: 'vodtest', key: randomBytes(64).toString('base64') };
  const server = startProcess(process.execPath,
    [azurite, '--inMemoryPersistence', '--blobPort', '0', '--silent', '--skipApiVersionCheck', '--disableTelemetry'],
    { env: { AZURITE_ACCOUNTS: `${account.name}:${account.key}` } });
  parts.push(server);
  const [, endpoint] = await until('the storage emulator listens',
    () => started(server) && /successfully listens on (http:\/\/[\d.:]+)/.exec(server.output));
  return { ...account, blobEndpoint: `${endpoint}/${account.name}` };
}

async function startHost(parts, folder, storage, settings, { port, emulatorsOnly }) {
  const connection = `DefaultEndpointsProtocol=http;AccountName=${storage.name};AccountKey=${storage.key};`
    + `BlobEndpoint=${storage.blobEndpoint};`;
  for (let attempt = 1; ; attempt++) {
    const url = `http://localhost:${attempt === 1 && port ? port : await freePort()}`;
    const all = {
      Urls: url, 'Vod:Local:DataFolder': join(folder, 'data'), 'Vod:Storage:ConnectionString': connection, ...settings,
    };
    const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    const host = startProcess('dotnet', [hostDll, ...(emulatorsOnly ? ['--emulators'] : []), ...args]);
    parts.push(host);
    const health = `${url}/api/health${emulatorsOnly ? '' : '/ready'}`;
    try {
      await until('the host is ready', async () => started(host)
        && (await fetch(health).then(answer => answer.ok, () => false)), { seconds: 180, everyMs: 100 });
      return { host, url };
    } catch (error) {
      // Somebody else may have taken the port between the question and the start.
      if (attempt === 3 || !host.output.includes('port is in use')) throw error;
    }
  }
}

function started(part) {
  if (part.ended) throw new Error(`It did not start:\n${part.output}`);
  return true;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
