import { signal, type Signal } from '../dom/signal';

/** Where the page is. */
export interface Router {
  /** The path, without query and fragment. */
  readonly path: Signal<string>;
  /** Goes to a path of this site. */
  go(path: string): void;
}

/** Follows links of this site without loading the page anew. */
export function createRouter(): Router {
  const path = signal(location.pathname);

  function go(next: string): void {
    scrollTo(0, 0);
    if (next === location.pathname) return;
    history.pushState(null, '', next);
    path.set(location.pathname);
  }

  addEventListener('popstate', () => path.set(location.pathname));
  document.addEventListener('click', event => {
    const link = (event.target as Element).closest?.('a');
    const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || modified || event.defaultPrevented || link.target || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.hash !== '') return;
    event.preventDefault();
    go(link.pathname);
  });

  return { path, go };
}
