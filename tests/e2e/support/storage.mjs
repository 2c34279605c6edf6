import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { startProcess, started, until } from './processes.mjs';

const azurite = name => createRequire(import.meta.url).resolve(`azurite/dist/src/${name}.js`);

const guard = fileURLToPath(new URL('../../../src/VodFunctions.Local/Storage/azurite-guard.cjs', import.meta.url));

/**
 * A storage emulator on free ports that keeps nothing, behind the guard that `./dev` puts before it: of the blob service, or of all three (`queues` and tables too).
 * @returns {Promise<object>} name and key of its account, `blobEndpoint`, and `stop`
 */
export async function startStorage({ queues = false } = {}) {
  const account = { name: 'vodtest', key: randomBytes(64).toString('base64') };
  const services = queues ? ['Blob', 'Queue', 'Table'] : ['Blob'];
  const server = startProcess(process.execPath, [
    '--require', guard, azurite(queues ? 'azurite' : 'blob/main'), ...services.flatMap(service => [`--${service.toLowerCase()}Port`, '0']),
    '--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry',
  ], { env: { AZURITE_ACCOUNTS: `${account.name}:${account.key}` } });
  try {
    const endpoints = await until('the storage emulator listens', () => {
      const found = services.map(service => (
        new RegExp(`${service} service (?:is )?successfully listen(?:s on|ing at) (http://[\\d.:]+)`).exec(server.output)?.[1]));
      return started(server) && found.every(Boolean) && found;
    });
    const [blobEndpoint, queueEndpoint, tableEndpoint] = endpoints.map(endpoint => `${endpoint}/${account.name}`);
    return { ...account, blobEndpoint, queueEndpoint, tableEndpoint, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What Azure's clients take, of all the services that there are. */
export function connectionString({ name, key, blobEndpoint, queueEndpoint, tableEndpoint }) {
  const endpoints = { BlobEndpoint: blobEndpoint, QueueEndpoint: queueEndpoint, TableEndpoint: tableEndpoint };
  return [`DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key}`,
    ...Object.entries(endpoints).filter(([, url]) => url).map(([service, url]) => `${service}=${url}`), ''].join(';');
}
