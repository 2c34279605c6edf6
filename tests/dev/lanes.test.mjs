import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { runLanes } from '../../tools/dev/testing/lanes.mjs';

test('Lanes run side by side, part after part, and what measures runs when all else has ended', async () => {
  const running = new Map();
  const runs = async () => {
    await settled();
    return [...running.keys()].join(' ');
  };
  const end = async part => {
    running.get(part)(part.toUpperCase());
    running.delete(part);
    return runs();
  };
  const all = runLanes({ sideBySide: [['a', 'b'], ['c', 'd']], alone: ['e', 'f'] },
    part => new Promise(resolve => { running.set(part, resolve); }));

  assert.equal(await runs(), 'a c');
  assert.equal(await end('c'), 'a d');
  assert.equal(await end('d'), 'a');
  assert.equal(await end('a'), 'b');
  assert.equal(await end('b'), 'e');
  assert.equal(await end('e'), 'f');
  assert.equal(await end('f'), '');
  assert.deepEqual(await all, ['A', 'B', 'C', 'D', 'E', 'F']);
});
