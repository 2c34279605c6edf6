const sliceBytes = 4096;
const restMs = 20;

/**
 * One direction of a network: all connections share what it carries per second, slice by slice in turn, and each slice
 * arrives after a delay. A connection that has something waiting is not read from, so that its sender feels it.
 */
export class Lane {
  #bytesPerSecond = Infinity;
  #delayMs = 0;
  #waiting = [];
  #arriving = [];
  #freeAt = 0;
  #timer = null;

  /** From now on; what is on its way already keeps its time. */
  shape({ bytesPerSecond, delayMs }) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#delayMs = delayMs;
    this.#freeAt = Math.min(this.#freeAt, performance.now());
    this.#work();
  }

  /** Carries bytes from one socket to another. */
  carry(bytes, from, to) {
    from.pause();
    // After a rest it begins anew; between two reads of one sender it has not rested.
    if (this.#waiting.length === 0) this.#freeAt = Math.max(this.#freeAt, performance.now() - restMs);
    const slices = [];
    for (let at = 0; at < bytes.length; at += sliceBytes) slices.push(bytes.subarray(at, at + sliceBytes));
    this.#waiting.push({ slices, from, to });
    this.#work();
  }

  /** Once everything for that socket has been written to it. */
  async flush(to) {
    const isBusy = () => this.#waiting.some(each => each.to === to) || this.#arriving.some(each => each.to === to);
    while (isBusy() && !to.destroyed) await new Promise(resolve => setTimeout(resolve, 5));
    if (!to.destroyed) await new Promise(resolve => to.end(resolve));
  }

  stop() {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#arriving = [];
  }

  #work() {
    clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#waiting.length > 0 && this.#freeAt <= now) this.#sendOne(now);
    while (this.#arriving.length > 0 && this.#arriving[0].at <= now) {
      const { to, slice } = this.#arriving.shift();
      if (!to.destroyed) to.write(slice);
    }
    const next = Math.min(this.#waiting.length > 0 ? this.#freeAt : Infinity, this.#arriving[0]?.at ?? Infinity);
    if (next < Infinity) this.#timer = setTimeout(() => this.#work(), Math.max(0, next - now));
  }

  #sendOne(now) {
    const turn = this.#waiting.shift();
    const slice = turn.slices.shift();
    // Not from now: a timer is late by some, and what that cost is made up for.
    this.#freeAt += slice.length / this.#bytesPerSecond * 1000;
    this.#arriving.push({ to: turn.to, slice, at: Math.max(now + this.#delayMs, this.#arriving.at(-1)?.at ?? 0) });
    if (turn.slices.length === 0) turn.from.resume();
    else if (!turn.to.destroyed) this.#waiting.push(turn);
  }
}
