// The browser is away for any part of upload, transcode, submit, push and acknowledgement, and comes back: the person
// sees the notice once, and it ends COMPLETED.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BlockBlobClient } from '@azure/storage-blob';
import { until } from './support/processes.mjs';
import { startScene } from './support/scene.mjs';
import { noHost } from './support/world.mjs';

const phases = {
  upload: ['there', 'away in the middle'],
  transcode: ['there', 'away'],
  submit: ['before the upload is complete', 'before the job has ended', 'away, then after the job has ended'],
  push: ['there', 'away, finds it in the list', 'away, gets a repetition'],
  acknowledgement: [
    'there', 'the request is lost', 'the answer is lost', 'away, the request is lost', 'away, the answer is lost',
  ],
};
const weights = { upload: 1, transcode: 3, submit: 7, push: 9, acknowledgement: 3 };

/** Every way through the phases, and over them, evenly spread, ways of leaving and kinds of video. */
function* ways(names = Object.keys(phases), way = {}, sum = 0) {
  if (names.length === 0) {
    yield { ...way, leaving: sum % 2 ? 'its sockets are cut' : 'it is closed', video: sum % 5 === 0 ? 'good' : 'rejected' };
    return;
  }
  const [name, ...rest] = names;
  for (const [index, choice] of phases[name].entries()) {
    yield* ways(rest, { ...way, [name]: choice }, sum + index * weights[name]);
  }
}

/** As few of them as do for every subset of the phases to be away in, and for every two choices to come together. */
function select(all) {
  const claims = all.map(way => {
    const choices = Object.entries(way).map(([name, choice]) => `${name}: ${choice}`);
    const pairs = choices.flatMap((one, at) => choices.slice(at + 1).map(two => `${one}; ${two}`));
    return new Set([Object.keys(phases).map(name => way[name].startsWith('away')).join(), ...pairs]);
  });
  const open = new Set(claims.flatMap(each => [...each]));
  const selected = [];
  while (open.size > 0) {
    const gains = claims.map(each => [...each].filter(claim => open.has(claim)).length);
    const best = gains.indexOf(Math.max(...gains));
    for (const claim of claims[best]) open.delete(claim);
    selected.push(all[best]);
  }
  return selected;
}

describe('A browser that is away and comes back', { skip: noHost, concurrency: 12 }, () => {
  let scene, clock;

  before(async () => {
    scene = await startScene();
    clock = await scene.startClock();
  });
  after(async () => {
    await clock?.stop();
    await scene?.stop();
  });

  const all = [...ways()];
  for (const [index, way] of (process.env.VOD_TEST_ALL === '1' ? all : select(all)).entries()) {
    test(Object.entries(way).map(([name, choice]) => `${name}: ${choice}`).join('; '), async t => {
      const person = await scene.person(`person-${index}`);
      const browser = new Browser(person, way.leaving);
      t.after(() => browser.leave());
      await walk(way, person, browser, rule => {
        t.after(() => rule.release());
        return rule;
      });
    });
  }

  /** @param kept gives a rule of a proxy up when the test has ended, however it did */
  async function walk(way, person, browser, kept) {
    const { storage, site } = scene;
    const clip = scene.clips[way.video];
    await browser.open();
    const { videoId, uploadUrl } = await browser.page.api.ticket(clip.length);
    // Two moments that the host must not pass before the browser is where it is to be then.
    const jobEnds = kept(storage.holdRecord(videoId,
      ({ job, notification }) => job && job.status !== 'PENDING' && !notification.dueAt));
    const noticeIsDue = kept(storage.holdRecord(videoId,
      ({ notification }) => notification?.status === 'PENDING' && notification.dueAt));

    await upload(way, browser, videoId, uploadUrl, clip);
    if (way.submit === 'before the job has ended') await browser.page.api.post(videoId);

    if (way.transcode === 'away') await browser.leave();
    await jobEnds.reached;
    jobEnds.release();
    await scene.jobEnd(videoId);

    if (way.submit === 'away, then after the job has ended') {
      await browser.leave();
      await browser.open();
      await browser.page.api.post(videoId);
    }

    const ack = way.acknowledgement === 'there' ? null
      : kept(site.lose(scene.acknowledgements(videoId, way.acknowledgement.endsWith('the answer is lost'))));
    await noticeIsDue.reached;
    await push(way, person, browser, videoId, noticeIsDue, kept);

    if (ack) {
      const isHandled = way.acknowledgement.endsWith('the answer is lost');
      await ack.reached;
      if (way.acknowledgement.startsWith('away')) {
        await browser.leave();
      } else {
        await until('the page tries again', () => ack.count > 1);
        const pushed = browser.page.pushed(videoId);
        if (!isHandled) await until('the notice comes again', () => browser.page.pushed(videoId) > pushed);
      }
      await scene.notice(videoId, isHandled ? 'COMPLETED' : 'SENT');
      ack.release();
      await browser.open();
    }
    await scene.assertOver(person, browser.page, videoId, way.video === 'good' ? 'COMPLETED' : 'ERROR', clock);
  }

  /** In two blocks; the second one by another page where the first went away between them. */
  async function upload(way, browser, videoId, firstUrl, clip) {
    const half = clip.length >> 1;
    const blocks = [clip.subarray(0, half), clip.subarray(half)].map((bytes, index) => ({ id: btoa(`block-${index}`), bytes }));
    const stage = (blob, { id, bytes }) => blob.stageBlock(id, bytes, bytes.length);
    let blob = new BlockBlobClient(firstUrl);
    await stage(blob, blocks[0]);
    if (way.upload === 'away in the middle') {
      await browser.leave();
      await browser.open();
      blob = new BlockBlobClient((await browser.page.api.renew(videoId)).uploadUrl);
      const { uncommittedBlocks } = await blob.getBlockList('uncommitted');
      assert.deepEqual(uncommittedBlocks.map(block => block.name), [blocks[0].id]);
    }
    await stage(blob, blocks[1]);
    if (way.submit === 'before the upload is complete') await browser.page.api.post(videoId);
    await blob.commitBlockList(blocks.map(block => block.id));
  }

  /** Lets the notice be pushed, to a page or to nobody, and settles when the person has seen it. */
  async function push(way, person, browser, videoId, noticeIsDue, kept) {
    const seen = () => until('the notice is seen', () => person.seen(videoId) > 0);
    if (way.push === 'there') {
      await browser.open();
      noticeIsDue.release();
      await seen();
      assert.ok(browser.page.pushed(videoId) > 0, 'it was pushed');
      return;
    }

    await browser.leave();
    noticeIsDue.release();
    await scene.notice(videoId, 'SENT');
    assert.equal(person.seen(videoId), 0, 'it was pushed to nobody');
    // Each of the two ways to learn of it is enough alone.
    const inList = way.push === 'away, finds it in the list';
    const closed = kept(scene.site.lose(inList ? scene.sockets(person) : scene.listings(person)));
    await browser.open({ connected: !inList });
    await seen();
    assert.equal(browser.page.pushed(videoId) > 0, !inList);
    closed.release();
  }
});

/** The one browser of a person: it has a page open, or is away. */
class Browser {
  page = null;

  constructor(person, leaving) {
    this.person = person;
    this.leaving = leaving;
  }

  async open({ connected = true } = {}) {
    this.page ??= await this.person.open();
    if (connected) await until('the page is connected', () => this.page.connected);
  }

  async leave() {
    const { page } = this;
    this.page = null;
    await (this.leaving === 'it is closed' ? page?.close() : page?.cut());
  }
}
