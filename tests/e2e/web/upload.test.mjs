// The way of a file from the post page to the storage: what is sent, and how often, whatever happens on the way.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, reports } from './support/browser.mjs';
import { blockBytes, failedLoad, lifetimeSeconds, mostLanes, sizeBytes, startPosting } from './support/posting.mjs';

const isCommit = ({ method, url }) => method === 'PUT' && /[?&]comp=blocklist/.test(url);

describe('Uploading a video', () => {
  let posting;

  before(async () => { posting = await startPosting(); });
  after(() => posting?.stop());

  test('A post is sent while its video is still going up, and is followed to the end', async t => {
    // So slow that the upload outlasts its URL.
    const who = await posting.poster(t, { mbps: 2 }), clip = await posting.video('Our holiday.mp4');
    const percents = new Set();
    await who.at('post-text').fill('Our holiday');
    assert.match(await who.at('post-counter').textContent(), /^11 of 5,000/);
    await who.choose(clip.path);
    await who.storedBlocks(8);
    assert.match(await who.at('post-speed').textContent(), /\d.*B\/s$/);
    assert.match(await who.at('post-left').textContent(), /^\d+:\d\d left$/);
    assert.equal(await who.at('post-file-name').textContent(), 'Our holiday.mp4');
    await assertAccessible(who.page);

    await who.submit();
    await who.sent();
    assert.equal(await who.page.locator('[data-phase=sending]').count(), 1, 'submitted in mid-upload');
    await until('the bar is full', async () => {
      percents.add(await who.at('post-percent').textContent());
      return percents.has('100%');
    });
    assert.ok(percents.size > 5, `progress is shown as it is made: ${[...percents]}`);
    await who.phase('complete');

    await posting.assertStored(who, clip);
    assert.deepEqual([who.repeated, who.commits], [0, 1], 'nothing is sent twice');
    assert.ok(reports(who.page).every(line => !line.startsWith('403')), 'the URL is renewed before it expires');
    await who.at('job-watch').waitFor();
    await assertAccessible(who.page);
    const { items } = await (await posting.site.api(who.user)).call('GET', 'videos?mine=true');
    assert.deepEqual(items.map(item => [item.post.text, item.fileName]), [['Our holiday', 'Our holiday.mp4']]);

    await who.at('post-another').click();
    await who.at('post-choose').waitFor();
    assert.equal(await who.at('post-text').inputValue(), '');
  });

  test('A pause ends what is on its way, and going on sends the rest', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    await posting.midway(who, clip);
    await who.at('post-pause').click();
    await who.phase('paused');
    await who.at('post-resume').and(who.page.locator(':focus')).waitFor();
    // The page draws twice: what it had begun before the pause is known here by then, and later what it did in spite of it.
    // At the storage the former may arrive at any time, as the network is slow.
    const drawsTwice = () => who.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    await drawsTwice();
    const { begun } = who;
    assert.ok(begun < sizeBytes / blockBytes, 'there is something left to send');
    assert.equal(await who.at('post-speed').textContent(), '');
    await drawsTwice();
    assert.equal(who.begun, begun, 'nothing is begun in a pause');

    posting.goFast(who);
    await who.at('post-resume').click();
    await who.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await posting.assertStored(who, clip);
  });

  test('An upload outlives a network that is gone for longer than its URL lives', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    expectProblem(who.page, failedLoad);
    await posting.midway(who, clip);
    await who.network.goOffline(who.page);
    await who.phase('waiting');
    await assertAccessible(who.page);
    const gone = Date.now();
    await until('the URL has expired', () => Date.now() > gone + (lifetimeSeconds + 1) * 1000);
    assert.ok(who.stored.size < sizeBytes / blockBytes, 'there is something left to send');

    posting.goFast(who);
    await who.network.goOnline(who.page);
    await who.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await posting.assertStored(who, clip);
  });

  test('An upload goes on after a reload, with the same file only', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    const asked = [];
    who.page.on('dialog', dialog => {
      asked.push(dialog.type());
      return dialog.accept();
    });
    await who.at('post-text').fill('Kept <img src=x onerror=alert(1)>');
    await posting.midway(who, clip);
    await who.page.reload();
    posting.goFast(who);
    assert.deepEqual(asked, ['beforeunload'], 'the browser asks while bytes are on their way');

    await who.phase('needs-file');
    await who.at('post-percent').filter({ hasText: /^[1-9]\d?%$/ }).waitFor();
    assert.equal(await who.at('post-text').inputValue(), 'Kept <img src=x onerror=alert(1)>');
    await assertAccessible(who.page);
    const sent = who.blocks.length;

    const longer = await posting.video('longer.mp4', sizeBytes + 1);
    await who.choose(longer.path);
    await who.at('post-upload-problem').filter({ hasText: /not the file/ }).waitFor();
    // One byte, of a block that was sent, between the samples.
    const changed = Buffer.from(clip.bytes);
    changed[3 * blockBytes - 3] ^= 1;
    await who.choose(await posting.files.write('changed.mp4', changed));
    await who.phase('needs-file');
    await who.at('post-upload-problem').filter({ hasText: /not the file/ }).waitFor();
    assert.equal(who.blocks.length, sent, 'nothing of another file is sent');

    await who.choose(await posting.files.write('renamed.mp4', clip.bytes));
    await who.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await posting.assertStored(who, clip);
    await who.page.reload();
    await who.phase('complete');
    assert.deepEqual(asked, ['beforeunload'], 'and does not once they are there');
  });

  test('Another file can take the place of one that was not sent to its end', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    await who.at('post-text').fill('The text stays');
    await posting.midway(who, clip);
    const first = await who.videoId(who.user);
    await who.page.reload();
    posting.goFast(who);
    await who.phase('needs-file');
    const other = await posting.video('other.mp4', 500_000);
    await who.choose(other.path);
    await who.at('post-instead').click();
    await who.phase('complete');
    assert.equal(await who.at('post-text').inputValue(), 'The text stays');
    assert.notEqual(await who.videoId(who.user), first);
    await posting.assertStored(who, other);
    const api = await posting.site.api(who.user);
    await until('the first one is removed', async () => (await api.send('GET', `videos/${first}`)).status === 404);
  });

  test('A video is exchanged for another in mid-upload', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    await posting.midway(who, clip);
    await who.choose(await posting.files.write('notes.txt', 'text'), 'post-other-file');
    await who.at('post-file-problem').filter({ hasText: /not a video/ }).waitFor();
    assert.equal(await who.page.locator('[data-phase=sending]').count(), 1, 'a refused file changes nothing');
    const other = await posting.video('other.mp4', 500_000);
    posting.goFast(who);
    await who.choose(other.path, 'post-other-file');
    await who.at('post-file-name').filter({ hasText: 'other.mp4' }).waitFor();
    await who.phase('complete');
    await posting.assertStored(who, other);
    const api = await posting.site.api(who.user);
    await until('the first one is removed', async () => (await api.call('GET', 'videos?mine=true')).items.length === 1);
  });

  test('The upload is whole when its end never reached the storage', async t => {
    const who = await posting.poster(t), clip = await posting.video();
    expectProblem(who.page, failedLoad);
    const lost = posting.site.world.storageProxy.loseUpload(isCommit);
    await who.choose(clip.path);
    await lost.reached;
    lost.release();
    await who.phase('complete');
    assert.equal(who.repeated, 0);
    await posting.assertStored(who, clip);
    await (await posting.site.api(who.user)).completed(await who.videoId(who.user));
  });

  test('The upload is stored once when the answer to its end was lost', async t => {
    const who = await posting.poster(t), clip = await posting.video();
    expectProblem(who.page, failedLoad);
    const held = posting.site.world.storageProxy.holdUpload(isCommit, true);
    await who.choose(clip.path);
    await held.reached;
    const api = await posting.site.api(who.user), videoId = await who.videoId(who.user);
    await until('the job has begun', async () => (await api.call('GET', `videos/${videoId}`)).job);
    // The browser sends it again by itself. A blob that is made twice has another ETag, and its job loses its source.
    held.lose();
    await until('the browser repeats it', () => who.commits > 1);
    held.release();
    await who.phase('complete');
    assert.equal(who.repeated, 0);
    await posting.assertStored(who, clip);
    await api.completed(videoId);
  });

  test('A busy storage is asked again', async t => {
    const who = await posting.poster(t), clip = await posting.video();
    expectProblem(who.page, failedLoad);
    let busy = 3;
    await who.page.route(/comp=block&/, route => busy-- > 0
      ? route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*', 'x-ms-error-code': 'ServerBusy' } })
      : route.continue());
    await who.choose(clip.path);
    await who.phase('complete');
    await posting.assertStored(who, clip);
  });

  test('An upload whose ticket is gone begins anew, with its post', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    expectProblem(who.page, failedLoad);
    await who.at('post-text').fill('Sent twice, shown once');
    await posting.midway(who, clip);
    await who.submit();
    await who.sent();
    const first = await who.videoId(who.user), api = await posting.site.api(who.user);
    await who.at('post-pause').click();
    await who.phase('paused');
    await api.call('DELETE', `videos/${first}`);
    const gone = Date.now();
    await until('the URL has expired', () => Date.now() > gone + lifetimeSeconds * 1000);
    posting.goFast(who);
    await who.at('post-resume').click();
    await who.phase('complete');
    await who.sent();
    await posting.assertStored(who, clip);
    const { items } = await api.call('GET', 'videos?mine=true');
    assert.deepEqual(items.map(item => item.post?.text), ['Sent twice, shown once']);
  });

  test('One upload is driven by one tab, and another takes it up when that is closed', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    await who.at('post-text').fill('Of the first tab');
    await posting.midway(who, clip);
    const second = await who.otherTab();
    await second.at('post-elsewhere').filter({ hasText: clip.name }).waitFor();
    assert.equal(await second.at('post-text').inputValue(), '');
    assert.equal(await second.at('post-choose').count(), 1, 'something else can be posted here');

    // A tab that shows something else does not take it.
    const third = await who.otherTab();
    await third.page.getByTestId('nav-feed').click();
    await third.page.getByTestId('feed-heading').waitFor();
    await who.page.close();
    posting.goFast(who);
    await second.phase('needs-file');
    await second.page.getByTestId('nav-feed').click();
    await second.page.getByTestId('feed-heading').waitFor();
    await second.page.getByTestId('nav-post').click();
    await second.phase('needs-file');
    assert.equal(await second.at('post-text').inputValue(), 'Of the first tab');
    await second.choose(clip.path);
    await second.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await posting.assertStored(who, clip);
  });

  test('A file that changes in mid-upload is not mixed, and the user is told', async t => {
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    await posting.midway(who, clip);
    await writeFile(clip.path, Buffer.alloc(sizeBytes, 1));
    posting.goFast(who);
    await who.phase('failed');
    assert.match(await who.at('post-upload-problem').textContent(), /changed, moved or removed/);
    assert.equal(who.commits, 0);

    const again = await posting.video('again.mp4', 500_000);
    await who.choose(again.path, 'post-other-file');
    await who.at('post-file-name').filter({ hasText: 'again.mp4' }).waitFor();
    await who.phase('complete');
    await posting.assertStored(who, again);
  });
});
