import { expect, test } from 'vitest';
import { planBlocks } from 'web/uploads/block-plan';
import { digest, fingerprint, readBlock, sampleRanges } from 'web/uploads/fingerprint';
import { isSameFile } from 'web/uploads/same-file';
import type { UploadRecord } from 'web/uploads/store';

const bytes = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 255);

test('samples lie within the file, apart, and touch both its ends', () => {
  for (let run = 0; run < 500; run++) {
    const size = 1 + Math.floor(Math.random() * 400_000_000);
    const ranges = sampleRanges(size);
    expect(ranges[0]!.start).toBe(0);
    expect(ranges.at(-1)!.end).toBe(size);
    expect(ranges.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThanOrEqual(1024 * 1024);
    ranges.forEach(({ start }, i) => {
      if (i > 0) expect(start).toBeGreaterThanOrEqual(ranges[i - 1]!.end);
    });
  }
});

test('the digest is SHA-256', async () => {
  expect(await digest(new TextEncoder().encode('abc').buffer)).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

const BLOCK = 100_000;
async function recordOf(file: File): Promise<UploadRecord> {
  return {
    key: 'k',
    user: 'u',
    createdAt: 0,
    complete: false,
    post: null,
    ticket: { videoId: 'v', blockBytes: BLOCK },
    file: {
      name: file.name,
      contentType: 'video/mp4',
      sizeBytes: file.size,
      lastModified: file.lastModified,
      fingerprint: await fingerprint(file),
    },
  };
}

test('the same content is the same file, whatever it is called now', async () => {
  const content = bytes(3_000_000),
    file = new File([content], 'a.mp4', { lastModified: 1 });
  const plan = planBlocks(file.size, BLOCK);
  const digests = new Map([
    [0, await digest(await readBlock(file, plan, 0))],
    [17, await digest(await readBlock(file, plan, 17))],
  ]);
  const record = await recordOf(file);
  expect(await isSameFile(new File([content], 'copy.mp4', { lastModified: 2 }), record, digests)).toBe(true);

  expect(await isSameFile(new File([content.slice(1)], 'a.mp4', { lastModified: 1 }), record, digests)).toBe(false);
  const begun = content.slice();
  begun[5]! ^= 1;
  expect(await isSameFile(new File([begun], 'a.mp4', { lastModified: 1 }), record, digests)).toBe(false);
});

test('one changed byte between the samples, of a block that was sent, is another file', async () => {
  const content = bytes(3_000_000),
    file = new File([content], 'a.mp4');
  const plan = planBlocks(file.size, BLOCK),
    record = await recordOf(file);
  const at = sampleRanges(file.size)[3]!.end + 10,
    index = Math.floor(at / BLOCK);
  const digests = new Map([[index, await digest(await readBlock(file, plan, index))]]);
  const changed = content.slice();
  changed[at]! ^= 1;
  const other = new File([changed], 'a.mp4');
  expect(await fingerprint(other)).toBe(record.file.fingerprint);
  expect(await isSameFile(other, record, digests)).toBe(false);
});

test('where nothing can be hashed, only an untouched file is the same', async () => {
  const file = new File([bytes(1000)], 'a.mp4', { lastModified: 5 });
  const record = await recordOf(file);
  const plain = { ...record, file: { ...record.file, fingerprint: '' } };
  expect(await isSameFile(file, plain, new Map())).toBe(false);
});
