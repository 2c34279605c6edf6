// How long small uploads that come all at once take until each is ready: from the moment when a file is stored until its
// notice is received, which is posted before. On the host that VOD_HOST names, as it is shipped; quick clips, so that what
// shows is the order in which a host works, not how fast FFmpeg is.
// Usage: node uploads.mjs [--count 10,50] [--owners one,many] [--report FILE]
import { appendFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { BlockBlobClient } from '@azure/storage-blob';
import { Api } from '../e2e/support/api.mjs';
import { makeClip } from '../e2e/support/clips.mjs';
import { Notices } from '../e2e/support/notices.mjs';
import { noHost, startWorld } from '../e2e/support/world.mjs';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '10,50' }, owners: { type: 'string', default: 'one,many' }, report: { type: 'string' },
  },
});
const counts = options.count.split(',').map(Number);
const owners = options.owners.split(',');
if (!counts.every(count => Number.isInteger(count) && count > 0) || !owners.every(each => ['one', 'many'].includes(each))) {
  throw new Error('--count takes numbers of uploads, --owners takes one, many or both; with commas between them.');
}
if (noHost) throw new Error(noHost);

const world = await startWorld({ 'Vod:Uploads:PerOwnerAndDay': '100000' }, { asShipped: true });
try {
  const clip = await makeClip({ size: '160x90', rate: 10, seconds: 1 });
  await measure('warm-up', clip, 2, 'many');
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0].model.trim()}), Linux ${release()}, `
      + `${process.env.VOD_HOST === 'functions' ? 'Functions host' : 'one-machine host'}; seconds from stored to notice`, '',
    '| uploads at once | owners | first | mean | longest |', '| --- | --- | --- | --- | --- |',
  ];
  for (const count of counts) {
    for (const each of owners) {
      const seconds = await measure(`${count}-${each}`, clip, count, each);
      const mean = seconds.reduce((sum, one) => sum + one, 0) / count;
      lines.push(`| ${count} | ${each} | ${[Math.min(...seconds), mean, Math.max(...seconds)].map(one => one.toFixed(1)).join(' | ')} |`);
      console.error(lines.at(-1));
    }
  }
  const report = `${lines.join('\n')}\n`;
  console.log(report);
  if (options.report) await appendFile(options.report, report);
} finally {
  await world.stop();
}

/** @returns {Promise<number[]>} the seconds that each upload took */
async function measure(name, clip, count, owners) {
  const people = await Promise.all(Array.from({ length: owners === 'one' ? 1 : count }, async (_, index) => {
    const api = await Api.signIn(world.url, `${name}-${index}`);
    return { api, notices: await Notices.listen(api) };
  }));
  try {
    // Tickets and posts before the clock starts, so that only uploads and jobs are at it together.
    const videos = await Promise.all(Array.from({ length: count }, async (_, index) => {
      const person = people[index % people.length];
      const ticket = await person.api.ticket(clip.length);
      await person.api.post(ticket.videoId);
      return { person, ticket };
    }));
    return await Promise.all(videos.map(async ({ person, ticket }) => {
      await new BlockBlobClient(ticket.uploadUrl).uploadData(clip);
      const stored = performance.now();
      const [notice] = await person.notices.atLeast(1, ticket.videoId, 'video.completed', { seconds: 1800 });
      const ready = performance.now();
      await person.api.acknowledge(notice);
      return (ready - stored) / 1000;
    }));
  } finally {
    for (const { notices } of people) notices.stop();
  }
}
