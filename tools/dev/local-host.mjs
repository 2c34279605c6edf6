import { dll } from './build.mjs';
import { answers, untilReady } from './until.mjs';

/** The project of the one-machine host, which has the emulators too. */
export const localHost = 'src/VodFunctions.Local';

/**
 * Starts the one-machine host, or only its emulators, and returns when it answers.
 * @param {import('./supervisor.mjs').Supervisor} supervisor
 * @param {string} url where it listens
 * @param {string} folder the data folder
 * @param {Record<string, string>} settings such as `{ 'Vod:Storage:ConnectionString': '...' }`
 * @returns {Promise<string>} with `emulators`: the app settings that it prints, such as `VodWebPubSub=...`
 */
export async function startLocalHost(supervisor, { url, folder, settings, emulators = false }) {
  const all = { Urls: url, 'Vod:Local:DataFolder': folder, ...settings };
  // Arguments are for every user of the machine to read; connection strings hold keys.
  const [secret, plain] = [true, false].map(is => Object.entries(all).filter(([name]) => name.endsWith('ConnectionString') === is));
  const args = plain.flatMap(([name, value]) => [`--${name}`, value]);
  const env = Object.fromEntries(secret.map(([name, value]) => [name.replaceAll(':', '__'), value]));
  const child = await supervisor.start(
    'host', 'dotnet', [dll(localHost), ...args, ...(emulators ? ['--emulators'] : [])], { stdout: true, env });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', text => { printed += text; });
  const health = `${url}/api/health${emulators ? '' : '/ready'}`;
  await untilReady(child, 'The host', () => answers(health), 60);
  if (emulators) await untilReady(child, 'The host', () => /^tokens: .*\n/m.test(printed), 10);
  return printed.trimEnd();
}
