#!/usr/bin/env node
// ./dev cases mutants: counts by outcome, longest time, peak memory; exits with 1 when something must not be.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Api } from '../e2e/support/api.mjs';
import { startWorld } from '../e2e/support/world.mjs';
import { takeMutants } from './mutants.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    skip: { type: 'string', default: '0' },
    keep: { type: 'string' },
  },
});
const world = await startWorld({ 'Vod:Uploads:PerOwnerAndDay': '1000' });
try {
  const api = await Api.signIn(world.url, 'mutants');
  const { outcomes, faults, longest, compared, peakMb } = await takeMutants(world, api, {
    count: Number(values.count),
    seed: Number(values.seed),
    skip: Number(values.skip),
    onEach: async ({ name, kind, code, seconds, problems, file }) => {
      console.log(
        `${name.padEnd(9)} ${kind.padEnd(28)} ${String(code).padEnd(18)} ${seconds.toFixed(1)} s  ${problems.join('; ')}`,
      );
      if (problems.length === 0 || !values.keep) return;
      await mkdir(values.keep, { recursive: true });
      await copyFile(file, join(values.keep, name));
    },
  });
  console.log(
    `\nseed ${values.seed}, ${values.count} files: ${Object.entries(outcomes)
      .map(([code, count]) => `${count} ${code}`)
      .join(', ')}`,
  );
  console.log(
    `${compared} compared with their source; longest ${longest.toFixed(1)} s, check included; peak memory ${
      peakMb === null ? 'not measured' : `${Math.round(peakMb)} MB`
    } (the host and what it had started)`,
  );
  console.log(`${faults.length} that must not be`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await world.stop();
}
