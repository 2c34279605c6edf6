#!/usr/bin/env node
// Makes every case file, takes each through the one-machine host, and prints what was wanted and what came out.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Api } from '../e2e/support/api.mjs';
import { startWorld } from '../e2e/support/world.mjs';
import { cases } from './cases.mjs';
import { judge, wantedText } from './judge.mjs';
import { measure, takeThrough } from './take.mjs';

const usage = `usage: ./dev cases [--packaging Cmaf|MpegTs|both] [--only NAME] [--report FILE] [--keep DIR]

--packaging   which packaging the host makes (both)
--only NAME   cases whose name has that in it
--report FILE writes the table there as well
--keep DIR    makes the files there and leaves them

Exits with 1 when something is not as wanted.`;

/** How many are under way at once: while one is encoded, another is measured. */
const atOnce = 2;

const { values } = parseArgs({
  options: {
    packaging: { type: 'string', default: 'both' },
    only: { type: 'string', default: '' },
    report: { type: 'string' },
    keep: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const packagings = values.packaging === 'both' ? ['Cmaf', 'MpegTs'] : [values.packaging];
const chosen = cases.filter(({ name }) => name.includes(values.only));
const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'vod-cases-')));
const rows = [];
try {
  const files = new Map();
  for (const { name, make } of chosen) {
    const own = join(folder, name.replace('.', '-'));
    await mkdir(own, { recursive: true });
    files.set(name, await make(own, join(own, name)));
  }
  console.log(`${files.size} files are made`);
  for (const packaging of packagings) rows.push(...(await takeAll(packaging, files)));
} finally {
  if (!values.keep) await rm(folder, { recursive: true, force: true });
}

const text = [
  '| file | packaging | wanted | got | |',
  '| --- | --- | --- | --- | --- |',
  ...rows.map(
    ({ name, packaging, wanted, got, faults }) =>
      `| \`${name}\` | ${packaging} | ${wanted} | ${got} | ${faults.length === 0 ? 'as wanted' : `**not**: ${faults.join('; ')}`} |`,
  ),
].join('\n');
const wrong = rows.filter(({ faults }) => faults.length > 0).length;
console.log(`\n${text}\n\n${rows.length - wrong} of ${rows.length} as wanted`);
if (values.report) await writeFile(values.report, `${text}\n`);
process.exitCode = wrong > 0 || rows.length === 0 ? 1 : 0;

async function takeAll(packaging, files) {
  const world = await startWorld({ 'Vod:Transcoding:Packaging': packaging, 'Vod:Uploads:PerOwnerAndDay': '1000' });
  const found = [];
  const waiting = [...chosen];
  try {
    const api = await Api.signIn(world.url, 'cases');
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (waiting.length > 0) found.push(await takeOne(waiting.shift(), packaging, api, files, world));
      }),
    );
  } finally {
    await world.stop();
  }
  return found.sort(
    (a, b) => cases.findIndex(each => each.name === a.name) - cases.findIndex(each => each.name === b.name),
  );
}

async function takeOne(each, packaging, api, files, world) {
  const work = await mkdtemp(join(tmpdir(), 'vod-case-'));
  const row = { name: each.name, packaging, wanted: wantedText(each.wanted) };
  try {
    const video = await takeThrough(api, files.get(each.name));
    const found =
      video.job.status === 'COMPLETED'
        ? await measure(new URL(video.playback.master, world.url).href, files.get(each.name), work)
        : null;
    Object.assign(row, judge(each, video, found));
  } catch (error) {
    Object.assign(row, { got: 'could not be measured', faults: [error.message] });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  console.log(
    `${row.faults.length === 0 ? 'as wanted' : 'NOT      '}  ${packaging.padEnd(6)}  ${each.name}${row.faults.length > 0 ? `: ${row.faults.join('; ')}` : ''}`,
  );
  return row;
}
