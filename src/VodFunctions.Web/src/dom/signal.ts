/** A value that tells when it has changed. */
export interface Signal<T> {
  readonly value: T;
  /** Calls at once and at each change, until the answer is called. */
  watch(listener: (value: T) => void): () => void;
}

/** A signal that its owner can set. */
export interface Source<T> extends Signal<T> {
  set(value: T): void;
}

/** Makes a signal. Setting what it has already tells nobody. */
export function signal<T>(initial: T): Source<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    watch(listener) {
      // A wrapper of its own, so that the same function may watch twice.
      const entry = (current: T) => listener(current);
      listeners.add(entry);
      listener(value);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
