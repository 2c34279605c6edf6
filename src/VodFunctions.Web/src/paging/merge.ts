import type { Page } from '../api/types';

/** What a list has of a longer one, from its beginning. */
export interface Part<T> {
  readonly items: readonly T[];
  /** Where it goes on; null at the end, undefined before the first page. */
  readonly cursor: string | null | undefined;
}

/** Adds the next page. What is there already, because something moved in between, is not added twice. */
export function append<T>(part: Part<T>, page: Page<T>, idOf: (item: T) => string): Part<T> {
  const known = new Set(part.items.map(idOf));
  return { items: [...part.items, ...page.items.filter(item => !known.has(idOf(item)))], cursor: page.cursor };
}

/**
 * Puts a first page that was read again in the place of what it covers: items that are new come in front, those that it
 * lacks are gone, and those behind it stay.
 */
export function renewHead<T>(part: Part<T>, page: Page<T>, idOf: (item: T) => string): Part<T> {
  if (page.cursor === null || part.cursor === undefined) return page;
  const fresh = new Set(page.items.map(idOf));
  const lastCovered = part.items.findLastIndex(item => fresh.has(idOf(item)));
  // Nothing in common: what is between the two was never read, so the list begins anew.
  if (lastCovered < 0) return page;
  const behind = part.items.slice(lastCovered + 1);
  // All that is known lies within the page, so the page's own end is where it goes on.
  return behind.length === 0 ? page : { items: [...page.items, ...behind], cursor: part.cursor };
}
