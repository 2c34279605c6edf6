import { fill, h } from '../dom/element';
import { chooseLanguage, language, LANGUAGES, type Language } from '../i18n/language';
import { messages } from '../i18n/messages';
import { problemText } from '../sign-in/problem-texts';
import type { App } from './app';
import { chooseTheme, theme, THEMES, type Theme } from './theme';
import './shell.css';

const text = messages({
  en: {
    site: 'Videos',
    skip: 'To the content',
    navigation: 'Pages',
    feed: 'Feed',
    post: 'Post',
    mine: 'My videos',
    signIn: 'Sign in',
    signOut: 'Sign out',
    close: 'Close',
    language: 'Language',
    colours: 'Colours',
    auto: 'System',
    light: 'Light',
    dark: 'Dark',
  },
  ko: {
    site: '동영상',
    skip: '본문으로',
    navigation: '페이지',
    feed: '피드',
    post: '올리기',
    mine: '내 동영상',
    signIn: '로그인',
    signOut: '로그아웃',
    close: '닫기',
    language: '언어',
    colours: '색상',
    auto: '시스템',
    light: '밝게',
    dark: '어둡게',
  },
});

/** The site's name, in the page's language. */
export const siteName = () => text().site;

const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ko: '한국어' };

/** What stands around every page. Builds itself anew where the language or the user changes. */
export function createShell(app: App): { element: HTMLElement; main: HTMLElement } {
  const header = h('header', { class: 'site-header' });
  const main = h('main', { id: 'main', tabindex: '-1' });
  const footer = h('footer', { class: 'site-footer' });
  const problem = h('div', { class: 'sign-in-problem', role: 'alert' });
  const element = h('div', { class: 'shell' }, header, problem, main, footer);

  const draw = () => {
    fill(header, ...headerOf(app));
    fill(problem, ...problemOf(app, () => fill(problem)));
    fill(footer, languageChoice(), themeChoice());
    markCurrent(header, app.router.path.value);
  };
  language.watch(draw);
  app.signIn.user.watch(draw);
  app.signIn.problem?.watch(draw);
  app.router.path.watch(path => markCurrent(header, path));
  return { element, main };
}

function headerOf(app: App): HTMLElement[] {
  const t = text(),
    user = app.signIn.user.value;
  return [
    h('a', { class: 'skip', href: '#main', 'data-testid': 'skip-link' }, t.skip),
    h(
      'a',
      { class: 'site-name', href: '/', 'data-testid': 'nav-home' },
      h('span', { class: 'site-mark', 'aria-hidden': 'true' }),
      t.site,
    ),
    h(
      'nav',
      { 'aria-label': t.navigation },
      h('a', { href: '/', 'data-testid': 'nav-feed' }, t.feed),
      h('a', { href: '/post', 'data-testid': 'nav-post' }, t.post),
      h('a', { href: '/mine', 'data-testid': 'nav-mine' }, t.mine),
    ),
    h(
      'div',
      { class: 'account' },
      user
        ? [
            h('span', { class: 'user-name', 'data-testid': 'user-name' }, user.name),
            h(
              'button',
              { type: 'button', class: 'quiet', 'data-testid': 'sign-out', onclick: () => void app.signIn.signOut() },
              t.signOut,
            ),
          ]
        : h('button', { type: 'button', 'data-testid': 'sign-in', onclick: () => void app.signIn.signIn() }, t.signIn),
    ),
  ];
}

function problemOf(app: App, close: () => void): HTMLElement[] {
  const kind = app.signIn.problem?.value ?? null;
  if (kind === null) return [];
  return [
    h('p', { 'data-testid': 'sign-in-problem', 'data-problem': kind }, problemText()[kind]),
    h(
      'button',
      { type: 'button', class: 'quiet', 'data-testid': 'sign-in-problem-close', onclick: close },
      text().close,
    ),
  ];
}

function markCurrent(header: HTMLElement, path: string): void {
  for (const link of header.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function languageChoice(): HTMLElement {
  const select = h(
    'select',
    { 'data-testid': 'language', onchange: () => chooseLanguage(select.value as Language) },
    LANGUAGES.map(tag => h('option', { value: tag, lang: tag, selected: tag === language.value }, LANGUAGE_NAMES[tag])),
  );
  return h('label', {}, text().language, ' ', select);
}

function themeChoice(): HTMLElement {
  const t = text();
  const select = h(
    'select',
    { 'data-testid': 'theme', onchange: () => chooseTheme(select.value as Theme) },
    THEMES.map(name => h('option', { value: name, selected: name === theme.value }, t[name])),
  );
  return h('label', {}, t.colours, ' ', select);
}
