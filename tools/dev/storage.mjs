import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './commands.mjs';
import { isFree } from './ports.mjs';
import { untilReady } from './until.mjs';

const account = 'devstoreaccount1';
const guard = join(root, 'src/VodFunctions.Local/Storage/azurite-guard.cjs');

/** The emulator's published key, the same everywhere and no secret: what tools take for `UseDevelopmentStorage=true`. */
const publishedKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** The ports that `UseDevelopmentStorage=true` means. */
export const developmentPorts = { blob: 10000, queue: 10001, table: 10002 };

/**
 * Starts Azurite on the data folder.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {Record<string, number>} ports of the services that are wanted, 0 for any: `blob` alone, or `queue` and `table` too
 * @param {string} key of its account
 * @returns {Promise<string>} its connection string
 */
export async function startStorage(supervisor, folder, ports, key = publishedKey) {
  const services = Object.keys(ports);
  const script = services.length === 1 ? 'blob/main.js' : 'azurite.js';
  const child = await supervisor.start('azurite', process.execPath, [
    '--require', guard, join(root, 'node_modules/azurite/dist/src', script), '--location', join(folder, 'azurite'),
    ...services.flatMap(service => [`--${service}Port`, `${ports[service]}`]), '--silent', '--skipApiVersionCheck', '--disableTelemetry',
  ], { env: { AZURITE_ACCOUNTS: `${account}:${key}` } });
  const endpoints = await untilReady(child, 'The storage emulator', () => {
    const output = readFileSync(child.log, 'utf8');
    const found = services.map(service => endpointOf(service, output));
    return found.every(Boolean) && found;
  }, 60);
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};`
    + services.map((service, at) => `${titled(service)}Endpoint=${endpoints[at]}/${account};`).join('');
}

/** The data folder's own key, made when it is missing: with the published one every user of this machine has the storage. */
function ownKey(folder) {
  const file = join(folder, 'storage.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(64).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * As `startStorage`, with a key of its own, and with the blob port of the last run, so that what a browser remembers still
 * works, where that is free.
 */
export async function startRememberedStorage(supervisor, folder, others = {}) {
  const file = join(folder, 'azurite.port');
  const remembered = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const connection = await startStorage(
    supervisor, folder, { blob: remembered && (await isFree(remembered)) ? remembered : 0, ...others }, ownKey(folder));
  writeFileSync(file, `${/BlobEndpoint=http:\/\/[^:]+:(\d+)/.exec(connection)[1]}\n`);
  return connection;
}

const titled = service => service[0].toUpperCase() + service.slice(1);
const endpointOf = (service, output) => (
  new RegExp(`${titled(service)} service (?:is )?successfully listen(?:s|ing) (?:on|at) (http://[\\d.:]+\\d)`).exec(output)?.[1]);
