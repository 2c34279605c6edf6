import { expect, test } from 'vitest';
import { Recovery } from 'web/player/recovery';

const lost = { kind: 'network', status: 0 } as const;
const gone = { kind: 'network', status: 404 } as const;
const broken = { kind: 'media' } as const;

test('a lost network is tried for again, ever more seldom but never given up', () => {
  const recovery = new Recovery(() => 0.5);
  const waits = Array.from({ length: 50 }, (_, i) => {
    const cure = recovery.cureOf(lost, i);
    return cure.do === 'load-again' ? cure.afterMs : -1;
  });
  expect(waits.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  expect(Math.max(...waits)).toBe(8000);
  expect(Math.min(...waits)).toBe(500);
});

test.each([0, 1])('the waits are spread', random => {
  const cure = new Recovery(() => random).cureOf(lost, 0);
  expect(cure).toEqual({ do: 'load-again', afterMs: random === 0 ? 375 : 625 });
});

test('after something was loaded the waits begin anew', () => {
  const recovery = new Recovery(() => 0.5);
  for (let i = 0; i < 5; i++) recovery.cureOf(lost, i);
  recovery.loaded();
  expect(recovery.cureOf(lost, 9)).toEqual({ do: 'load-again', afterMs: 500 });
});

test('what is not there three times in a row is gone', () => {
  const recovery = new Recovery();
  expect(recovery.cureOf(gone, 0).do).toBe('load-again');
  expect(recovery.cureOf(gone, 1).do).toBe('load-again');
  expect(recovery.cureOf(gone, 2)).toEqual({ do: 'give-up', why: 'gone' });
});

test('what is missing now and then is not gone', () => {
  const recovery = new Recovery();
  for (let i = 0; i < 10; i++) {
    expect(recovery.cureOf(gone, i).do).toBe('load-again');
    recovery.loaded();
  }
});

test('the decoder is reset three times within half a minute, then it is given up', () => {
  const recovery = new Recovery();
  for (let i = 0; i < 3; i++) expect(recovery.cureOf(broken, i * 1000)).toEqual({ do: 'reset-media' });
  expect(recovery.cureOf(broken, 3000)).toEqual({ do: 'give-up', why: 'media' });
});

test('a fault now and then is cured each time', () => {
  const recovery = new Recovery();
  for (let i = 0; i < 20; i++) expect(recovery.cureOf(broken, i * 15_000)).toEqual({ do: 'reset-media' });
});

test('what the browser cannot play is said at once', () => {
  expect(new Recovery().cureOf({ kind: 'unsupported' }, 0)).toEqual({ do: 'give-up', why: 'unsupported' });
});
