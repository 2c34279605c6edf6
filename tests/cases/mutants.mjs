// Takes damaged files of every kind of container through a host, and holds what is published against check-hls.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPresentation } from '../../tools/check-hls/form/load.mjs';
import { rules, sourceRules } from '../../tools/check-hls/check.mjs';
import { compare } from '../../tools/check-hls/source/compare.mjs';
import { isBroken, judge } from '../../tools/check-hls/verdicts.mjs';
import { HostUsage } from '../e2e/support/host-usage.mjs';
import { seeded } from '../e2e/support/random.mjs';
import { asTimed, beeps, counted, ffmpeg, h264 } from './make.mjs';
import { mutants } from './mutate.mjs';
import { takeThrough } from './take.mjs';

/**
 * What is compared of a damaged source: how it decodes is chance, and so is which picture stands in for a lost one.
 * That all that there is comes out, in its shape, and that sound and picture are in step, is not.
 */
const compared = new Set(['source.length', 'source.sync', 'source.shape', 'source.turn']);

/** Seconds that a job may take: many times what it needs. */
const patience = 180;

/** How many are under way at once. */
const atOnce = 3;

/** Clips of 1.5 s and 160x90, one of each kind of container. */
export async function makeSources(folder) {
  const inputs = [counted({ width: 160, height: 90, rate: 25, seconds: 1.5 }), beeps({ seconds: 1.5 })];
  const codecs = {
    mp4: [h264, '-c:a', 'aac'],
    mkv: [h264, '-c:a', 'aac'],
    ts: [h264, '-c:a', 'aac'],
    avi: ['-c:v', 'mpeg4', '-c:a', 'pcm_s16le'],
    ogg: ['-c:v', 'libtheora', '-c:a', 'libvorbis'],
    flv: [h264, '-c:a', 'aac'],
  };
  return Promise.all(
    Object.entries(codecs).map(async ([container, options]) => ({
      container,
      bytes: await readFile(await ffmpeg(inputs, asTimed, options, '-g', 12, join(folder, `whole.${container}`))),
    })),
  );
}

/**
 * Takes damaged files through a host that runs.
 * @returns {Promise<object>} `outcomes` (counts by code), `faults` (what must not be), `longest` in seconds, `peakMb`
 *   of the host and what it has started
 */
export async function takeMutants(world, api, { count, seed, skip = 0, onEach = () => {} }) {
  const folder = await mkdtemp(join(tmpdir(), 'vod-mutants-'));
  const usage = HostUsage.isSupported ? new HostUsage(world) : null;
  usage?.watchTree();
  const result = { outcomes: {}, faults: [], longest: 0, compared: 0, peakMb: 0 };
  try {
    const waiting = mutants(await makeSources(folder), skip + count, seeded(seed)).slice(skip);
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (waiting.length > 0) await takeOne(waiting.shift());
      }),
    );
    const health = await fetch(`${world.url}/api/health/ready`).then(
      answer => answer.ok,
      () => false,
    );
    if (!health) result.faults.push({ name: 'the host', problems: ['is not there any more'] });
  } finally {
    usage?.stop();
    await rm(folder, { recursive: true, force: true });
  }
  result.peakMb = usage?.peakTreeMb ?? null;
  return result;

  async function takeOne({ name, kind, bytes }) {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const began = performance.now();
    const problems = [];
    let code;
    try {
      const video = await takeThrough(api, file, { seconds: patience });
      code = video.job.error?.code ?? video.job.status;
      if (video.job.status === 'COMPLETED')
        problems.push(...(await broken(new URL(video.playback.master, world.url).href, file)));
      // A damaged file is the file's fault, and nobody else's.
      else if (['INTERNAL', 'TIMED_OUT', 'ENCODE_FAILED'].includes(code)) problems.push(`ended with ${code}`);
    } catch (error) {
      problems.push(error.message.split('\n')[0]);
    }
    const seconds = (performance.now() - began) / 1000;
    result.outcomes[code] = (result.outcomes[code] ?? 0) + 1;
    result.longest = Math.max(result.longest, seconds);
    if (problems.length > 0) result.faults.push({ name, kind, seed, problems });
    await onEach({ name, kind, code, seconds, problems, file });
    await rm(file, { force: true });
  }

  async function broken(master, file) {
    const presentation = await loadPresentation(master);
    const results = judge(rules, presentation);
    const comparison = await compare(presentation, file).catch(() => null); // The source does not decode by itself.
    if (comparison) {
      result.compared++;
      results.push(
        ...judge(
          sourceRules.filter(({ number }) => compared.has(number)),
          comparison,
        ),
      );
    }
    return results.filter(isBroken).map(({ number, problems }) => `${number}: ${problems[0]}`);
  }
}
