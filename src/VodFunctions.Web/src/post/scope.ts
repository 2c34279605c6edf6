import type { Signal } from '../dom/signal';

/** What ends together. */
export interface Scope {
  watch<T>(signal: Signal<T>, listener: (value: T) => void): void;
  /** Calls at the end. */
  add(end: () => void): void;
  end(): void;
}

export function createScope(): Scope {
  const ends: (() => void)[] = [];
  return {
    watch(signal, listener) {
      ends.push(signal.watch(listener));
    },
    add(end) {
      ends.push(end);
    },
    end() {
      for (const end of ends.splice(0)) end();
    },
  };
}
