import { expect, test } from 'vitest';
import { blockId, blockList, blockRange, blockSize, missingBlocks, planBlocks } from 'web/uploads/block-plan';

const random = (most: number) => 1 + Math.floor(Math.random() * most);

test('the blocks of any file cover it, once and in order', () => {
  for (let run = 0; run < 500; run++) {
    const plan = planBlocks(random(100_000), 499 + random(20_000));
    let at = 0;
    for (let index = 0; index < plan.count; index++) {
      const { start, end } = blockRange(plan, index);
      expect(start).toBe(at);
      expect(end - start).toBe(blockSize(plan, index));
      expect(end - start).toBeGreaterThan(0);
      expect(end - start).toBeLessThanOrEqual(plan.blockBytes);
      at = end;
    }
    expect(at).toBe(plan.sizeBytes);
  }
});

test('what is missing and what is there make the whole, whatever is there', () => {
  for (let run = 0; run < 500; run++) {
    const plan = planBlocks(random(100_000), 99 + random(3_000));
    const all = Array.from({ length: plan.count }, (_, index) => index);
    const there = new Set(all.filter(() => Math.random() < 0.5));
    const staged = [...there].reverse().map(index => ({ name: blockId(index), size: blockSize(plan, index) }));
    expect(missingBlocks(plan, staged)).toEqual(all.filter(index => !there.has(index)));
  }
});

test('a block of another size, or of another plan, is missing', () => {
  const plan = planBlocks(250, 100);
  const staged = [
    { name: blockId(0), size: 99 },
    { name: blockId(1), size: 100 },
    { name: blockId(2), size: 100 },
    { name: 'c3RyYW5nZQ==', size: 50 },
  ];
  expect(missingBlocks(plan, staged)).toEqual([0, 2]);
});

test('ids are base64 of one length, each its own, up to the 50,000 blocks of a blob', () => {
  const plan = planBlocks(50_000, 1);
  const ids = blockList(plan);
  expect(new Set(ids).size).toBe(50_000);
  expect(new Set(ids.map(id => id.length)).size).toBe(1);
  expect(atob(ids[12]!)).toBe('block-000012');
});
