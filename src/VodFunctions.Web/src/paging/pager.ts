import type { Page } from '../api/types';
import { signal, type Signal } from '../dom/signal';
import { append, type Part, renewHead } from './merge';

/** A list as far as it has been read. */
export interface Listing<T> extends Part<T> {
  readonly phase: 'idle' | 'loading' | 'failed';
  /** Why the last page could not be read. */
  readonly error: unknown;
}

/** Reads a list page by page. It may outlive the page that shows it. */
export interface Pager<T> {
  readonly listing: Signal<Listing<T>>;
  /** When the list's beginning was last read, in milliseconds since 1970. */
  readonly readAt: number;
  /** Reads the next page; does nothing while one is read or at the end. Never throws: see `phase`. */
  more(): Promise<void>;
  /** Begins anew with a first page. */
  restart(page: Page<T>): void;
  /** Brings the beginning up to date: see `renewHead`. */
  renew(page: Page<T>): void;
  /** Puts another in the place of the item with the same id. */
  put(item: T): void;
  remove(id: string): void;
}

export function createPager<T>(load: (cursor: string | null) => Promise<Page<T>>, idOf: (item: T) => string): Pager<T> {
  const listing = signal<Listing<T>>({ items: [], cursor: undefined, phase: 'idle', error: null });
  const change = (changed: Partial<Listing<T>>) => listing.set({ ...listing.value, ...changed });
  let generation = 0;
  let readAt = 0;

  return {
    listing,
    get readAt() {
      return readAt;
    },
    async more() {
      const { phase, cursor } = listing.value;
      if (phase === 'loading' || cursor === null) return;
      const mine = generation;
      if (cursor === undefined) readAt = Date.now();
      change({ phase: 'loading', error: null });
      try {
        const page = await load(cursor ?? null);
        if (mine === generation) change({ ...append(listing.value, page, idOf), phase: 'idle' });
      } catch (error) {
        if (mine === generation) change({ phase: 'failed', error });
      }
    },
    restart(page) {
      generation++;
      readAt = Date.now();
      listing.set({ items: page.items, cursor: page.cursor, phase: 'idle', error: null });
    },
    renew(page) {
      readAt = Date.now();
      change(renewHead(listing.value, page, idOf));
    },
    put: item => change({ items: listing.value.items.map(old => (idOf(old) === idOf(item) ? item : old)) }),
    remove: id => change({ items: listing.value.items.filter(item => idOf(item) !== id) }),
  };
}
