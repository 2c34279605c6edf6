// The post page against the real host and storage: what is sent, when, and how often, whatever happens on the way.
import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { until } from '../support/processes.mjs';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, reports, startBrowser } from './support/browser.mjs';
import { startNetwork } from './support/network.mjs';
import { assertStored, noteArrivals, Poster, startFiles } from './support/poster.mjs';
import { startSite } from './support/site.mjs';

const blockBytes = 64 * 1024;
const lifetimeSeconds = 10;
const mostLanes = 4;
const sizeBytes = 3_000_000;
// What browsers report of a request that fails or is refused, as it is meant to here.
const failedLoad = /^console\.error: Failed to load resource/;
const isCommit = ({ method, url }) => method === 'PUT' && /[?&]comp=blocklist/.test(url);

describe('Posting a video', () => {
  let site, browser, files, arrivals, number = 0;

  before(async () => {
    [site, browser, files] = await Promise.all([
      startSite({
        'Vod:Uploads:BlockBytes': `${blockBytes}`, 'Vod:Uploads:TicketLifetime': `00:00:${lifetimeSeconds}`,
        'Vod:Uploads:PerOwnerAndDay': '3',
        'Vod:Transcoding:Ladder:0:ShortSide': '64', 'Vod:Transcoding:Ladder:0:Bitrate': '100k',
      }, { storageProxy: true }),
      startBrowser(), startFiles()]);
    arrivals = noteArrivals(site);
  });
  after(async () => {
    await browser?.stop();
    await site?.stop();
    await files?.stop();
  });

  /** Somebody new on the post page, whose network carries that many megabits per second. */
  async function poster(t, { mbps = null, ...options } = {}) {
    const user = `poster-${++number}`, network = mbps && await startNetwork();
    network?.shape({ mbps });
    t.after(() => network?.stop());
    const page = await browser.newPage(t, { url: site.url, user, ...options, ...(network && { network }) });
    const who = Object.assign(new Poster(page, site, arrivals), { user, network });
    await who.open();
    return who;
  }

  const video = (name = `clip-${number}.mp4`, bytes = sizeBytes) => files.video(name, bytes);
  const stored = async (who, clip) => assertStored(site, await who.videoId(who.user), clip.bytes);

  /** In the middle: some blocks are stored, others are on their way, most are to come. There it stays, until `goFast`. */
  async function midway(who, clip) {
    await who.choose(clip.path);
    await who.storedBlocks(8);
    who.network.shape({ mbps: 0.3 });
    assert.ok(who.stored.size < sizeBytes / blockBytes - mostLanes, 'there is a middle');
  }

  const goFast = who => who.network.unshape();

  test('A post is sent while its video is still going up, and is followed to the end', async t => {
    // So slow that the upload outlasts its URL.
    const who = await poster(t, { mbps: 2 }), clip = await video('Our holiday.mp4');
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

    await stored(who, clip);
    assert.deepEqual([who.repeated, who.commits], [0, 1], 'nothing is sent twice');
    assert.ok(reports(who.page).every(line => !line.startsWith('403')), 'the URL is renewed before it expires');
    await who.at('job-watch').waitFor();
    await assertAccessible(who.page);
    const { items } = await (await site.api(who.user)).call('GET', 'videos?mine=true');
    assert.deepEqual(items.map(item => [item.post.text, item.fileName]), [['Our holiday', 'Our holiday.mp4']]);

    await who.at('post-another').click();
    await who.at('post-choose').waitFor();
    assert.equal(await who.at('post-text').inputValue(), '');
  });

  test('A post can be sent after the video is ready, and after a reload', async t => {
    const who = await poster(t), clip = await video();
    await who.at('post-text').fill('Written before');
    await who.choose(clip.path);
    await who.phase('complete');
    const videoId = await who.videoId(who.user);
    await (await site.api(who.user)).completed(videoId);

    await who.page.reload();
    await who.phase('complete');
    assert.equal(await who.at('post-text').inputValue(), 'Written before');
    await who.submit();
    await who.sent();
    await who.at('job-watch').waitFor();

    // What is done is not taken up again.
    await who.page.reload();
    await who.at('post-choose').waitFor();
    assert.equal(await who.at('post-text').inputValue(), '');
  });

  test('A pause ends what is on its way, and going on sends the rest', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    await midway(who, clip);
    await who.at('post-pause').click();
    await who.phase('paused');
    await who.at('post-resume').and(who.page.locator(':focus')).waitFor();
    const sent = who.blocks.length;
    assert.ok(sent < sizeBytes / blockBytes, 'there is something left to send');
    assert.equal(await who.at('post-speed').textContent(), '');
    // Everything that the page still did would be seen by now: it draws twice.
    await who.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(who.blocks.length, sent, 'nothing is begun in a pause');

    goFast(who);
    await who.at('post-resume').click();
    await who.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await stored(who, clip);
  });

  test('An upload outlives a network that is gone for longer than its URL lives', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    expectProblem(who.page, failedLoad);
    await midway(who, clip);
    await who.network.goOffline(who.page);
    await who.phase('waiting');
    await assertAccessible(who.page);
    const gone = Date.now();
    await until('the URL has expired', () => Date.now() > gone + (lifetimeSeconds + 1) * 1000);
    assert.ok(who.stored.size < sizeBytes / blockBytes, 'there is something left to send');

    goFast(who);
    await who.network.goOnline(who.page);
    await who.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await stored(who, clip);
  });

  test('An upload goes on after a reload, with the same file only', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    const asked = [];
    who.page.on('dialog', dialog => {
      asked.push(dialog.type());
      return dialog.accept();
    });
    await who.at('post-text').fill('Kept <img src=x onerror=alert(1)>');
    await midway(who, clip);
    await who.page.reload();
    goFast(who);
    assert.deepEqual(asked, ['beforeunload'], 'the browser asks while bytes are on their way');

    await who.phase('needs-file');
    await who.at('post-percent').filter({ hasText: /^[1-9]\d?%$/ }).waitFor();
    assert.equal(await who.at('post-text').inputValue(), 'Kept <img src=x onerror=alert(1)>');
    await assertAccessible(who.page);
    const sent = who.blocks.length;

    const longer = await video('longer.mp4', sizeBytes + 1);
    await who.choose(longer.path);
    await who.at('post-upload-problem').filter({ hasText: /not the file/ }).waitFor();
    // One byte, of a block that was sent, between the samples.
    const changed = Buffer.from(clip.bytes);
    changed[3 * blockBytes - 3] ^= 1;
    await who.choose(await files.write('changed.mp4', changed));
    await who.phase('needs-file');
    await who.at('post-upload-problem').filter({ hasText: /not the file/ }).waitFor();
    assert.equal(who.blocks.length, sent, 'nothing of another file is sent');

    await who.choose(await files.write('renamed.mp4', clip.bytes));
    await who.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await stored(who, clip);
    await who.page.reload();
    await who.phase('complete');
    assert.deepEqual(asked, ['beforeunload'], 'and does not once they are there');
  });

  test('Another file can take the place of one that was not sent to its end', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    await who.at('post-text').fill('The text stays');
    await midway(who, clip);
    const first = await who.videoId(who.user);
    await who.page.reload();
    goFast(who);
    await who.phase('needs-file');
    const other = await video('other.mp4', 500_000);
    await who.choose(other.path);
    await who.at('post-instead').click();
    await who.phase('complete');
    assert.equal(await who.at('post-text').inputValue(), 'The text stays');
    assert.notEqual(await who.videoId(who.user), first);
    await stored(who, other);
    const api = await site.api(who.user);
    await until('the first one is removed', async () => (await api.send('GET', `videos/${first}`)).status === 404);
  });

  test('A video is exchanged for another in mid-upload', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    await midway(who, clip);
    await who.choose(await files.write('notes.txt', 'text'), 'post-other-file');
    await who.at('post-file-problem').filter({ hasText: /not a video/ }).waitFor();
    assert.equal(await who.page.locator('[data-phase=sending]').count(), 1, 'a refused file changes nothing');
    const other = await video('other.mp4', 500_000);
    goFast(who);
    await who.choose(other.path, 'post-other-file');
    await who.at('post-file-name').filter({ hasText: 'other.mp4' }).waitFor();
    await who.phase('complete');
    await stored(who, other);
    const api = await site.api(who.user);
    await until('the first one is removed', async () => (await api.call('GET', 'videos?mine=true')).items.length === 1);
  });

  for (const [what, afterwards] of [['the answer to', true], ['the connection of', false]]) {
    test(`The upload is whole when ${what} its end was lost`, async t => {
      const who = await poster(t), clip = await video();
      expectProblem(who.page, failedLoad);
      const lost = site.world.storageProxy.loseUpload(isCommit, afterwards);
      await who.choose(clip.path);
      await lost.reached;
      lost.release();
      await who.phase('complete');
      assert.equal(who.repeated, 0);
      await stored(who, clip);
      // A blob that is made twice has another ETag, and its job would have lost its source.
      await (await site.api(who.user)).completed(await who.videoId(who.user));
    });
  }

  test('A busy storage is asked again', async t => {
    const who = await poster(t), clip = await video();
    expectProblem(who.page, failedLoad);
    let busy = 3;
    await who.page.route(/comp=block&/, route => busy-- > 0
      ? route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*', 'x-ms-error-code': 'ServerBusy' } })
      : route.continue());
    await who.choose(clip.path);
    await who.phase('complete');
    await stored(who, clip);
  });

  test('An upload whose ticket is gone begins anew, with its post', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    expectProblem(who.page, failedLoad);
    await who.at('post-text').fill('Sent twice, shown once');
    await midway(who, clip);
    await who.submit();
    await who.sent();
    const first = await who.videoId(who.user), api = await site.api(who.user);
    await who.at('post-pause').click();
    await who.phase('paused');
    await api.call('DELETE', `videos/${first}`);
    const gone = Date.now();
    await until('the URL has expired', () => Date.now() > gone + lifetimeSeconds * 1000);
    goFast(who);
    await who.at('post-resume').click();
    await who.phase('complete');
    await who.sent();
    await stored(who, clip);
    const { items } = await api.call('GET', 'videos?mine=true');
    assert.deepEqual(items.map(item => item.post?.text), ['Sent twice, shown once']);
  });

  const refusals = {
    en: { type: /not a video/, size: /too large.*300 MB/, empty: /empty/ },
    ko: { type: /동영상 파일이 아닙니다/, size: /최대 300MB/, empty: /빈 파일/ },
  };
  for (const [language, sentences] of Object.entries(refusals)) {
    test(`What is no video, too large or empty is refused before anything is sent (${language})`, async t => {
      const who = await poster(t, { language });
      const asked = [];
      who.page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
      const large = await files.write('large.mp4', '');
      await truncate(large, 314_572_801);
      for (const [path, sentence] of [
        [await files.write('notes.txt', 'Not a film'), sentences.type],
        [large, sentences.size],
        [await files.write('empty.mp4', ''), sentences.empty],
      ]) {
        await who.choose(path);
        await who.at('post-file-problem').filter({ hasText: sentence }).waitFor();
        assert.equal(await who.at('post-file-problem').getAttribute('role'), 'alert');
      }
      assert.deepEqual(asked.filter(line => line.includes('uploads')), []);
      assert.equal(await who.at('post-upload').count(), 0);
      await assertAccessible(who.page);
    });
  }

  const limits = { en: { quota: /come back tomorrow/, role: /right to upload/ }, ko: { quota: /내일/, role: /권한/ } };
  for (const [language, { quota, role }] of Object.entries(limits)) {
    test(`What the API refuses reads as a sentence (${language})`, async t => {
      const who = await poster(t, { language }), clip = await video();
      expectProblem(who.page, failedLoad);
      const api = await site.api(who.user);
      for (let ticket = 0; ticket < 3; ticket++) await api.ticket(1);
      await who.choose(clip.path);
      await who.phase('failed');
      assert.match(await who.at('post-upload-problem').textContent(), quota);

      const stranger = await poster(t, { language });
      expectProblem(stranger.page, failedLoad);
      await stranger.page.route('**/api/dev/token', route => route.continue({
        postData: JSON.stringify({ user: stranger.user, roles: [] }),
      }));
      await stranger.page.reload();
      await stranger.choose(clip.path);
      await stranger.phase('failed');
      assert.match(await stranger.at('post-upload-problem').textContent(), role);
      await assertAccessible(stranger.page);
    });
  }

  test('What is lacking is said where it lacks, and the post that is refused can be mended', async t => {
    const who = await poster(t), clip = await video();
    expectProblem(who.page, failedLoad);
    await who.submit();
    await who.at('post-problem').filter({ hasText: /write a text/ }).waitFor();
    await who.at('post-text').and(who.page.locator(':focus')).waitFor();
    await who.submit('x'.repeat(5001));
    await who.at('post-problem').filter({ hasText: /too long/ }).waitFor();
    await who.submit('x'.repeat(5000));
    await who.at('post-problem').filter({ hasText: /choose a video/ }).waitFor();
    await who.at('post-choose').and(who.page.locator(':focus')).waitFor();

    await who.choose(clip.path);
    await who.phase('complete');
    const api = await site.api(who.user), videoId = await who.videoId(who.user);
    await api.post(videoId, 'Another text');
    await who.submit('This text');
    await who.at('post-problem').filter({ hasText: /posted already/ }).waitFor();
    await who.submit('Another text');
    await who.sent();
  });

  test('One upload is driven by one tab, and another takes it up when that is closed', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    await who.at('post-text').fill('Of the first tab');
    await midway(who, clip);
    const second = await who.otherTab();
    await second.at('post-elsewhere').filter({ hasText: clip.name }).waitFor();
    assert.equal(await second.at('post-text').inputValue(), '');
    assert.equal(await second.at('post-choose').count(), 1, 'something else can be posted here');

    await who.page.close();
    goFast(who);
    await second.phase('needs-file');
    assert.equal(await second.at('post-text').inputValue(), 'Of the first tab');
    await second.choose(clip.path);
    await second.phase('complete');
    assert.ok(who.repeated <= mostLanes, `${who.repeated} blocks were sent again`);
    await stored(who, clip);
  });

  test('A video that is dropped is uploaded, several are not', async t => {
    const who = await poster(t), clip = await video('dropped.mp4', 300_000);
    const drop = count => who.page.evaluateHandle(({ base64, count }) => {
      const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      for (let i = 0; i < count; i++) transfer.items.add(new File([bytes], 'dropped.mp4', { type: 'video/mp4' }));
      return transfer;
    }, { base64: clip.bytes.toString('base64'), count });
    const zone = who.at('post-zone');
    await zone.dispatchEvent('drop', { dataTransfer: await drop(2) });
    await who.at('post-file-problem').filter({ hasText: /one video/ }).waitFor();
    await zone.dispatchEvent('dragover', { dataTransfer: await drop(1) });
    await who.page.locator('.post-dragged').waitFor();
    await zone.dispatchEvent('drop', { dataTransfer: await drop(1) });
    await who.phase('complete');
    await stored(who, clip);
  });

  test('A file that changes in mid-upload is not mixed, and the user is told', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    await midway(who, clip);
    await writeFile(clip.path, Buffer.alloc(sizeBytes, 1));
    goFast(who);
    await who.phase('failed');
    assert.match(await who.at('post-upload-problem').textContent(), /changed, moved or removed/);
    assert.equal(who.commits, 0);

    const again = await video('again.mp4', 500_000);
    await who.choose(again.path, 'post-other-file');
    await who.at('post-file-name').filter({ hasText: 'again.mp4' }).waitFor();
    await who.phase('complete');
    await stored(who, again);
  });

  test('A text is text, wherever it is shown', async t => {
    const text = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>{{1+1}}';
    const who = await poster(t), clip = await video(`${'<b onmouseover=alert(1)>'.repeat(3)}.mp4`, 300_000);
    await who.at('post-text').fill(text);
    await who.choose(clip.path);
    await who.phase('complete');
    assert.equal(await who.at('post-file-name').textContent(), clip.name);
    await who.submit();
    await who.sent();
    await who.at('job-watch').waitFor();
    assert.equal(await who.at('post-text').inputValue(), text);
    for (const path of ['/post', '/mine', '/']) {
      await who.page.goto(path);
      await who.page.getByTestId(path === '/post' ? 'post-heading' : path === '/mine' ? 'mine-heading' : 'feed-heading').waitFor();
      assert.equal(await who.page.evaluate(() => window.ran), undefined);
    }
    assert.deepEqual(reports(who.page).filter(line => line.startsWith('policy')), []);
  });

  test('A draft and an upload outlast other pages, languages and a reload', async t => {
    const who = await poster(t, { mbps: 8 }), clip = await video();
    await who.at('post-text').fill('A draft');
    await who.page.reload();
    assert.equal(await who.at('post-text').inputValue(), 'A draft');
    await midway(who, clip);
    await who.page.getByTestId('nav-mine').click();
    await who.page.getByTestId('mine-heading').waitFor();
    await who.page.getByTestId('language').selectOption('ko');
    await who.page.getByTestId('nav-post').click();
    await who.at('post-phase').filter({ hasText: /[가-힣]/ }).waitFor();
    assert.equal(await who.at('post-text').inputValue(), 'A draft');
    await who.submit();
    await who.sent();
    goFast(who);
    await who.phase('complete');
    assert.equal(who.repeated, 0);
    await stored(who, clip);
  });

  test('Somebody who is not signed in is asked to sign in', async t => {
    const page = await browser.newPage(t, { url: site.url });
    await page.goto('/post');
    await page.getByTestId('post-sign-in').click();
    await page.getByTestId('sign-in-name').fill('newcomer');
    await page.getByTestId('sign-in-go').click();
    await page.getByTestId('post-choose').waitFor();
    await assertAccessible(page);
  });
});
