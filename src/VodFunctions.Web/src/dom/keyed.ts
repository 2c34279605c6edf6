/** One element of a list, made from one item. */
export interface Row<T> {
  readonly element: HTMLElement;
  /** Shows the same item anew. */
  update?(item: T): void;
  dispose?(): void;
}

/** Keeps an element's children the same as a list of items: what stays is left alone, so that focus and input stay. */
export interface Keyed<T> {
  sync(items: readonly T[]): void;
  row(key: string): Row<T> | undefined;
  dispose(): void;
}

/** Makes rows in `parent`, which has no other children, one for each item by its key. */
export function keyed<T>(parent: Element, keyOf: (item: T) => string, build: (item: T) => Row<T>): Keyed<T> {
  const rows = new Map<string, Row<T>>();

  function remove(key: string): void {
    const row = rows.get(key);
    rows.delete(key);
    row?.element.remove();
    row?.dispose?.();
  }

  return {
    sync(items) {
      const wanted = new Set(items.map(keyOf));
      for (const key of [...rows.keys()]) if (!wanted.has(key)) remove(key);
      items.forEach((item, i) => {
        const key = keyOf(item);
        const known = rows.get(key);
        if (known) known.update?.(item);
        else rows.set(key, build(item));
        const { element } = rows.get(key)!;
        if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
      });
    },
    row: key => rows.get(key),
    dispose() {
      for (const key of [...rows.keys()]) remove(key);
    },
  };
}
