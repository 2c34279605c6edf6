import { expect, test } from 'vitest';
import { createSpeedometer, lanesFor, secondsLeft } from 'web/uploads/speed';

test('a steady flow has its speed, however it is measured', () => {
  for (let run = 0; run < 100; run++) {
    const speed = createSpeedometer(),
      rate = 1000 + Math.random() * 1e7;
    for (let at = 0; at < 30_000; at += 20 + Math.random() * 3000) speed.add(at, (rate * at) / 1000);
    expect(speed.bytesPerSecond()!).toBeCloseTo(rate, -1);
  }
});

test('a first moment says nothing, nor does a reset', () => {
  const speed = createSpeedometer();
  expect(speed.bytesPerSecond()).toBeNull();
  speed.add(0, 0);
  speed.add(100, 1_000_000);
  expect(speed.bytesPerSecond()).toBeNull();
  speed.add(1000, 1_000_000);
  expect(speed.bytesPerSecond()).toBe(1_000_000);
  speed.reset();
  expect(speed.bytesPerSecond()).toBeNull();
});

test('what was long ago is forgotten', () => {
  const speed = createSpeedometer();
  let bytes = 0;
  for (let at = 0; at <= 60_000; at += 500) speed.add(at, (bytes += at < 30_000 ? 500_000 : 50_000));
  expect(speed.bytesPerSecond()!).toBeCloseTo(100_000, -3);
});

test('what stands still slows down, down to nothing', () => {
  const speed = createSpeedometer();
  speed.add(0, 0);
  speed.add(1000, 1000);
  speed.add(10_000, 1000);
  expect(speed.bytesPerSecond()).toBe(100);
  speed.add(30_000, 1000);
  expect(speed.bytesPerSecond()).toBe(0);
  expect(secondsLeft(1, 0)).toBeNull();
});

test('a lost block begins the measure anew', () => {
  const speed = createSpeedometer();
  speed.add(0, 0);
  speed.add(2000, 2000);
  speed.add(2500, 1000);
  expect(speed.bytesPerSecond()).toBeNull();
});

test.each([
  [1000, 100, 10],
  [0, null, 0],
  [1000, null, null],
  [-5, 1, 0],
])('%d bytes at %j take %j s', (rest, rate, expected) => {
  expect(secondsLeft(rest, rate)).toBe(expected);
});

test('a slow line has one lane, a fast one four, and more speed never means fewer', () => {
  const block = 4 * 1024 * 1024;
  expect(lanesFor(null, block)).toBe(2);
  expect(lanesFor(125_000, block)).toBe(1);
  expect(lanesFor(0, block)).toBe(1);
  expect(lanesFor(12_500_000, block)).toBe(4);
  for (let last = 0, rate = 0; rate < 1e7; rate += 10_000) {
    const lanes = lanesFor(rate, block);
    expect(lanes).toBeGreaterThanOrEqual(last);
    last = lanes;
  }
});
