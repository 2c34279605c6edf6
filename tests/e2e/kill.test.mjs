// The host is killed at exact moments between push and SENT, and between acknowledgement and COMPLETED, and started again
// on what it has left: the person sees the notice once, and it ends COMPLETED.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from './support/processes.mjs';
import { startScene } from './support/scene.mjs';
import { noHost } from './support/world.mjs';

const says = status => ({ notification }) => notification?.status === status;

/**
 * What is held up when the host is killed, in `storage`, and what is stored then: the notice's status, whether the owner's
 * list has it. `seen`: the person has seen it. `unheard`: their acknowledgement has not reached the host.
 */
const moments = {
  'the notice is due, its entry in the list not stored': {
    hold: (storage, videoId) => storage.holdEntry(videoId, 'PUT'),
    status: 'PENDING', listed: false, seen: false,
  },
  'it is pushed, SENT not stored': {
    hold: (storage, videoId) => storage.holdRecord(videoId, says('SENT')),
    status: 'PENDING', listed: true, seen: true, unheard: true,
  },
  'it is pushed and acknowledged, SENT not stored': {
    hold: (storage, videoId) => storage.holdRecord(videoId, says('SENT')),
    status: 'COMPLETED', listed: false, seen: true,
  },
  'SENT is stored, the host has not heard so': {
    hold: (storage, videoId) => storage.holdRecord(videoId, says('SENT'), true),
    status: 'SENT', listed: true, seen: true, unheard: true,
  },
  'it is acknowledged, COMPLETED not stored': {
    hold: (storage, videoId) => storage.holdRecord(videoId, says('COMPLETED')),
    status: 'SENT', listed: true, seen: true,
  },
  'COMPLETED is stored, the host has not heard so': {
    hold: (storage, videoId) => storage.holdRecord(videoId, says('COMPLETED'), true),
    status: 'COMPLETED', listed: true, seen: true,
  },
  'COMPLETED is stored, the entry not removed from the list': {
    hold: (storage, videoId) => storage.holdEntry(videoId, 'DELETE'),
    status: 'COMPLETED', listed: true, seen: true,
  },
  'the entry is removed from the list, the host has not heard so': {
    hold: (storage, videoId) => storage.holdEntry(videoId, 'DELETE', true),
    status: 'COMPLETED', listed: false, seen: true,
  },
};

const browsers = ['stays connected', 'goes away before the kill and comes back after it'];
// Half of them hold an activity up, and the host runs 16 of those at a time: many more cases would wait for each other.
const cases = Object.entries(moments).flatMap(([name, moment], row) => browsers.map((browser, column) => (
  { name, moment, browser, video: (row + column) % 4 === 0 ? 'good' : 'rejected' })));

// All of them at the same time, so that one kill serves all: each waits for it at its own moment.
describe('A host that is killed', { skip: noHost, concurrency: cases.length }, () => {
  let scene, clock;
  const ready = barrier(cases.length);
  const held = barrier(cases.length);
  const holds = [];
  let restarted;

  before(async () => {
    scene = await startScene();
    clock = await scene.startClock();
    restarted = held.all.then(async () => {
      await scene.world.kill();
      scene.site.forwardTo(null);
      for (const hold of holds) {
        hold.lose(); // What the dead host had sent and the storage has not got.
        hold.release();
      }
      await scene.world.startAgain();
      scene.site.forwardTo(scene.world.url);
    });
    restarted.catch(() => {}); // Each case finds out for itself.
  });
  after(async () => {
    await clock?.stop();
    await scene?.stop();
  });

  for (const { name, moment, browser, video } of cases) {
    test(`when ${name}: the browser ${browser} (a video that is ${video})`, async t => {
      const person = await scene.person(`${name}, ${browser}`);
      let page, hold, unheard, videoId;
      t.after(() => page?.close());
      try {
        page = await person.open();
        videoId = await scene.upload(page.api, scene.clips[video]);
        hold = moment.hold(scene.storage, videoId);
        holds.push(hold);
        if (moment.unheard) holds.push(unheard = scene.site.lose(scene.acknowledgements(videoId)));
        await scene.jobEnd(videoId);
        await until('the page is connected', () => page.connected);
      } finally {
        ready.arrive();
      }
      await ready.all; // Nothing may be held up for long, or the host would give it up and try again.

      try {
        await page.api.post(videoId);
        await hold.reached;
        await until('the frame has come', () => person.seen(videoId) === (moment.seen ? 1 : 0));
        if (moment.unheard) await unheard.reached;
        await until('everything else is stored', async () =>
          (await scene.storage.readRecord(videoId)).notification.status === moment.status
          && await scene.storage.hasEntry(videoId) === moment.listed);
        assert.equal(hold.held, 1, 'what is to be held up is held up');
        if (browser !== 'stays connected') await page.cut();
      } finally {
        held.arrive();
      }
      await restarted;

      // Where connections are the host's own they end with it. Another program's do not: then this one must do for all of it.
      const { pushOutlivesHost } = scene.world;
      if (browser !== 'stays connected') page = await person.open();
      else if (!pushOutlivesHost) await until('the page has a new connection', () => page.connections > 1);
      await scene.assertOver(person, page, videoId, video === 'good' ? 'COMPLETED' : 'ERROR', clock);
      if (pushOutlivesHost) assert.equal(page.connections, 1, 'the page has kept its connection');
    });
  }
});

/** Lets nobody on until everybody has arrived. */
function barrier(count) {
  let open;
  const all = new Promise(resolve => { open = resolve; });
  return { all, arrive: () => { if (--count === 0) open(); } };
}
