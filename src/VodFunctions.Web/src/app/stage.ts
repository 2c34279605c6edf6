import { fill, h } from '../dom/element';
import { language } from '../i18n/language';
import { messages } from '../i18n/messages';
import type { App, Page } from './app';
import { match } from './routes';
import { siteName } from './shell';

const text = messages({
  en: {
    notFound: 'There is no such page',
    toFeed: 'To the feed',
    failed: 'The page could not be loaded',
    failedHint: 'Check your network and try again.',
    again: 'Try again',
  },
  ko: {
    notFound: '그런 페이지가 없습니다',
    toFeed: '피드로',
    failed: '페이지를 불러오지 못했습니다',
    failedHint: '네트워크를 확인한 뒤 다시 시도해 주세요.',
    again: '다시 시도',
  },
});

/** Shows the page of the path that the router is at, and builds it anew where the language or the user changes. */
export function startStage(app: App, main: HTMLElement): void {
  let shown: Page | null = null;
  let visit = 0;

  async function show(moved: boolean): Promise<void> {
    const mine = ++visit;
    const found = match(app.router.path.value);
    let page: Page;
    try {
      const factory = found ? await found.route.load() : notFoundPage;
      if (mine !== visit) return;
      page = factory(app, found?.parameters ?? {});
    } catch (error) {
      if (mine !== visit) return;
      console.warn('page', error);
      page = failedPage(() => void show(moved));
    }
    shown?.dispose?.();
    shown = page;
    document.title = page.title === '' ? siteName() : `${page.title} · ${siteName()}`;
    fill(main, page.element);
    // A screen reader begins to read the new page, as it would after a load.
    if (moved) main.focus({ preventScroll: true });
  }

  let first = true;
  app.router.path.watch(() => {
    void show(!first);
    first = false;
  });
  afterFirst(language.watch, tag => {
    document.documentElement.lang = tag;
    void show(false);
  });
  document.documentElement.lang = language.value;
  afterFirst(app.signIn.user.watch, () => void show(false));
}

/** Watches without the call that comes at once. */
function afterFirst<T>(watch: (listener: (value: T) => void) => () => void, listener: (value: T) => void): void {
  let ready = false;
  watch(value => {
    if (ready) listener(value);
  });
  ready = true;
}

function notFoundPage(): Page {
  const t = text();
  return {
    title: t.notFound,
    element: h(
      'section',
      { class: 'message', 'data-testid': 'not-found' },
      h('h1', {}, t.notFound),
      h('a', { href: '/', 'data-testid': 'not-found-feed' }, t.toFeed),
    ),
  };
}

function failedPage(again: () => void): Page {
  const t = text();
  return {
    title: t.failed,
    element: h(
      'section',
      { class: 'message', role: 'alert', 'data-testid': 'page-failed' },
      h('h1', {}, t.failed),
      h('p', {}, t.failedHint),
      h('button', { type: 'button', onclick: again, 'data-testid': 'page-again' }, t.again),
    ),
  };
}
