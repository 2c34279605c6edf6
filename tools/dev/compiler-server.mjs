import { randomBytes } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram, run } from './commands.mjs';

/**
 * Runs a build with a compiler server of its own, which ends with it: started anew for each project, the compiler spends
 * most of its time on becoming fast. Where the SDK has no server in the known place, each project has its own compiler.
 * @template Result
 * @param {(properties: string[]) => Promise<Result>} build gets what MSBuild must be told
 */
export async function withCompilerServer(build) {
  const server = await findServer();
  if (!server) return build([]);
  const id = `vod-${randomBytes(12).toString('hex')}`;
  const ended = run('dotnet', [server, `-pipename:${id}`]).then(() => true);
  try {
    return await build(['-p:UseSharedCompilation=true', `-p:SharedCompilationId=${id}`]);
  } finally {
    // One that is still starting does not hear it the first time.
    do await run('dotnet', [server, `-pipename:${id}`, '-shutdown']);
    while (!(await Promise.race([ended, delay(1000)])));
  }
}

async function findServer() {
  const { code, output } = await run('dotnet', ['--version']);
  if (code !== 0) return null;
  const server = join(dirname(realpathSync(findProgram('dotnet'))), 'sdk', output.trim(), 'Roslyn/bincore/VBCSCompiler.dll');
  return existsSync(server) ? server : null;
}
