// The post page: what it takes, what it refuses and how it says so, and what it keeps.
import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './support/accessibility.mjs';
import { expectProblem, reports } from './support/browser.mjs';
import { failedLoad, startPosting, ticketsADay } from './support/posting.mjs';

describe('Posting a video', () => {
  let posting;

  before(async () => { posting = await startPosting(); });
  after(() => posting?.stop());

  test('A post can be sent after the video is ready, and after a reload', async t => {
    const who = await posting.poster(t), clip = await posting.video();
    await who.at('post-text').fill('Written before');
    await who.choose(clip.path);
    await who.phase('complete');
    const videoId = await who.videoId(who.user);
    await (await posting.site.api(who.user)).completed(videoId);

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

  const refusals = {
    en: { type: /not a video/, size: /too large.*300 MB/, empty: /empty/ },
    ko: { type: /동영상 파일이 아닙니다/, size: /최대 300MB/, empty: /빈 파일/ },
  };
  for (const [language, sentences] of Object.entries(refusals)) {
    test(`What is no video, too large or empty is refused before anything is sent (${language})`, async t => {
      const who = await posting.poster(t, { language });
      const asked = [];
      who.page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
      const large = await posting.files.write('large.mp4', '');
      await truncate(large, 314_572_801);
      for (const [path, sentence] of [
        [await posting.files.write('notes.txt', 'Not a film'), sentences.type],
        [large, sentences.size],
        [await posting.files.write('empty.mp4', ''), sentences.empty],
      ]) {
        await who.choose(path);
        await who.at('post-file-problem').filter({ hasText: sentence }).waitFor();
        assert.equal(await who.at('post-file-problem').getAttribute('role'), 'alert');
      }
      assert.deepEqual(asked.filter(line => line.includes('uploads') && !line.endsWith('/uploads/policy')), []);
      assert.equal(await who.at('post-upload').count(), 0);
      await assertAccessible(who.page);
    });
  }

  const limits = {
    en: { quota: /come back tomorrow/, viewer: /may watch, but not upload/, role: /right to upload/ },
    ko: { quota: /내일/, viewer: /볼 수만/, role: /권한/ },
  };
  for (const [language, { quota, viewer, role }] of Object.entries(limits)) {
    test(`What the API refuses reads as a sentence (${language})`, async t => {
      const who = await posting.poster(t, { language }), clip = await posting.video();
      expectProblem(who.page, failedLoad);
      const api = await posting.site.api(who.user);
      for (let ticket = 0; ticket < ticketsADay; ticket++) await api.ticket(1);
      await who.choose(clip.path);
      await who.at('post-file-problem').filter({ hasText: quota }).waitFor();

      const stranger = await posting.poster(t, { language });
      expectProblem(stranger.page, failedLoad);
      await stranger.page.route('**/api/dev/token', route => route.continue({
        postData: JSON.stringify({ user: stranger.user, roles: [] }),
      }));
      await stranger.page.reload();
      await stranger.at('post-not-uploader').filter({ hasText: viewer }).waitFor();
      await assertAccessible(stranger.page);

      // The policy may not be there to be asked: then the ticket is refused.
      await stranger.page.route('**/api/uploads/policy', route => route.fulfill({ status: 503 }));
      await stranger.page.reload();
      await stranger.choose(clip.path);
      await stranger.phase('failed');
      assert.match(await stranger.at('post-upload-problem').textContent(), role);
      await assertAccessible(stranger.page);
    });
  }

  test('What is lacking is said where it lacks, and the post that is refused can be mended', async t => {
    const who = await posting.poster(t), clip = await posting.video();
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
    const api = await posting.site.api(who.user), videoId = await who.videoId(who.user);
    await api.post(videoId, 'Another text');
    await who.submit('This text');
    await who.at('post-problem').filter({ hasText: /posted already/ }).waitFor();
    await who.submit('Another text');
    await who.sent();
  });

  test('A video that is dropped is uploaded, several are not', async t => {
    const who = await posting.poster(t), clip = await posting.video('dropped.mp4', 300_000);
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
    await posting.assertStored(who, clip);
  });

  test('A text is text, wherever it is shown', async t => {
    const text = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>{{1+1}}';
    const who = await posting.poster(t), clip = await posting.video(`${'<b onmouseover=alert(1)>'.repeat(3)}.mp4`, 300_000);
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
    const who = await posting.poster(t, { mbps: 8 }), clip = await posting.video();
    await who.at('post-text').fill('A draft');
    await who.page.reload();
    assert.equal(await who.at('post-text').inputValue(), 'A draft');
    await posting.midway(who, clip);
    await who.page.getByTestId('nav-mine').click();
    await who.page.getByTestId('mine-heading').waitFor();
    await who.page.getByTestId('language').selectOption('ko');
    await who.page.getByTestId('nav-post').click();
    await who.at('post-phase').filter({ hasText: /[가-힣]/ }).waitFor();
    assert.equal(await who.at('post-text').inputValue(), 'A draft');
    await who.submit();
    await who.sent();
    posting.goFast(who);
    await who.phase('complete');
    assert.equal(who.repeated, 0);
    await posting.assertStored(who, clip);
  });

  test('Somebody who is not signed in is asked to sign in', async t => {
    const page = await posting.browser.newPage(t, { url: posting.site.url });
    await page.goto('/post');
    await page.getByTestId('post-sign-in').click();
    await page.getByTestId('sign-in-name').fill('newcomer');
    await page.getByTestId('sign-in-go').click();
    await page.getByTestId('post-choose').waitFor();
    await assertAccessible(page);
  });

  test('Everything fits on a small phone, however long a name is', async t => {
    const who = await posting.poster(t, { language: 'ko', screen: 'phone', mbps: 8 });
    await who.page.setViewportSize({ width: 360, height: 780 });
    const assertFits = async () => assert.equal(await who.page.evaluate(() => document.documentElement.scrollWidth), 360);
    await assertFits();
    const clip = await posting.video(`${'부산에서-보낸-휴가-'.repeat(8)}.mp4`);
    await who.at('post-text').fill('가'.repeat(500));
    await posting.midway(who, clip);
    await assertFits();
    await who.page.reload();
    await who.phase('needs-file');
    await who.choose(await posting.files.write(`${'다른-파일-'.repeat(10)}.mp4`, 'x'));
    await who.at('post-instead').waitFor();
    await assertFits();
    await assertAccessible(who.page);
    posting.goFast(who);
    await who.choose(clip.path);
    await who.submit();
    await who.sent();
    await who.at('post-another').waitFor();
    await assertFits();
  });
});
