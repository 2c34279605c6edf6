import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './commands.mjs';
import { withCompilerServer } from './compiler-server.mjs';
import { refuse, say } from './console.mjs';

/** The browser app's project. */
export const site = 'src/VodFunctions.Web';

/** The browser app as built. */
export const siteFolder = join(root, site, 'dist');

/** Where a .NET project's build lies. */
export const output = project => join(root, project, 'bin', 'Release', 'net10.0');

/** The program of a .NET project. */
export const dll = project => join(output(project), `${project.split('/').at(-1)}.dll`);

// Named, because a folder may have two.
const projectFile = project => (/\.sln$/.test(project) ? project : `${project}/${project.split('/').at(-1)}.csproj`);

/** Builds .NET projects, by their folders, or a solution. */
export async function build(...projects) {
  say('building');
  await withCompilerServer(async properties => {
    for (const project of projects) {
      const { code, output: log } = await run(
        'dotnet', ['build', projectFile(project), '-c', 'Release', '-v', 'quiet', '-clp:NoSummary', '-nr:false', ...properties]);
      if (code !== 0) fail(log, 'The build failed: see the message above.');
    }
  });
}

/** Says what stands in for packages that the feed lacks; the build found out (src/VodFunctions/OptionalPackages.targets). */
export function sayStandIns() {
  const answer = join(root, 'src/VodFunctions/obj/feed.props');
  if (process.env.VOD_REQUIRE_FUNCTIONS === '1' || !existsSync(answer)) return;
  if (!readFileSync(answer, 'utf8').includes('<VodAzurePackages>false')) return;
  say("the feed lacks Azure.Messaging.WebPubSub or the Durable Task Scheduler's package: the app pushes by REST, on Azure Storage");
}

/** Builds the site where what it is made from has changed. The answer of the last build lies in the folder that it made. */
export async function buildSite() {
  const stamp = join(siteFolder, '.sources');
  const sources = hashOfSources();
  if (existsSync(join(siteFolder, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === sources) return;
  say('building the site');
  const { code, output: log } = await run('npm', ['run', '-w', site, 'build']);
  if (code !== 0) fail(log, 'The site could not be built: see the message above.');
  writeFileSync(stamp, `${sources}\n`);
}

// Contents, not times: a checkout makes every file look new.
function hashOfSources() {
  const hash = createHash('sha256');
  const add = name => {
    const file = join(root, name);
    if (!statSync(file).isDirectory()) hash.update(`${name}\0`).update(readFileSync(file)).update('\0');
    else for (const inner of readdirSync(file).sort()) if (!/^(dist|node_modules|\..*)$/.test(inner)) add(`${name}/${inner}`);
  };
  add(site);
  add('package-lock.json');
  return hash.digest('hex');
}

function fail(log, sentence) {
  process.stderr.write(log);
  refuse(sentence);
}
