import type { Pager } from './pager';

/** What a visit to a list leaves for whoever comes back to it. */
export interface Visit<T> {
  readonly pager: Pager<T>;
  /** Whether somebody comes back to it. */
  readonly known: boolean;
  /** Brings back the place on the page, once the page is there, and follows it until the answer is called. */
  keepPlace(): () => void;
}

const KEPT = 5;

/**
 * Remembers visits by the tab's history: going back to an entry, or a change of language there, finds what had been
 * read and the place; a link makes a new entry and so begins anew.
 */
export function createVisits<T>(): (begin: () => Pager<T>, who?: string) => Visit<T> {
  const kept = new Map<string, { pager: Pager<T>; scrollY: number }>();
  return (begin, who = '') => {
    const entry = entryHere();
    const key = `${entry} ${who}`;
    const found = kept.get(key);
    const place = found ?? { pager: begin(), scrollY: 0 };
    kept.delete(key);
    kept.set(key, place);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return {
      pager: place.pager,
      known: found !== undefined,
      keepPlace() {
        if (found) queueMicrotask(() => scrollTo(0, place.scrollY));
        // A link scrolls to the top before its page comes: what counts is where the reader was on this entry.
        const follow = () => {
          if (entryHere(false) === entry) place.scrollY = scrollY;
        };
        addEventListener('scroll', follow, { passive: true });
        return () => removeEventListener('scroll', follow);
      },
    };
  };
}

/** The name that the tab's history entry has, given to it where it has none yet. */
function entryHere(give = true): string | undefined {
  const state = history.state as { visit?: string } | null;
  if (state?.visit || !give) return state?.visit;
  const visit = `${Date.now()}-${Math.random()}`;
  history.replaceState({ ...state, visit }, '');
  return visit;
}
