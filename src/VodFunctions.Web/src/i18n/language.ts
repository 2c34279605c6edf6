import { memory } from '../dom/memory';
import { signal, type Signal } from '../dom/signal';

export type Language = 'en' | 'ko';

export const LANGUAGES: readonly Language[] = ['en', 'ko'];

const KEY = 'vod.language';

/** The first of the browser's languages that the page speaks, else English. */
export function preferred(tags: readonly string[]): Language {
  for (const tag of tags) {
    const found = LANGUAGES.find(
      language => tag.toLowerCase() === language || tag.toLowerCase().startsWith(`${language}-`),
    );
    if (found) return found;
  }
  return 'en';
}

function stored(): Language | undefined {
  return LANGUAGES.find(language => language === memory.read(KEY));
}

const current = signal<Language>(stored() ?? preferred(navigator.languages));

/** The language that the page speaks now. */
export const language: Signal<Language> = current;

/** Chooses a language, also for the next visits. */
export function chooseLanguage(chosen: Language): void {
  memory.write(KEY, chosen);
  current.set(chosen);
}
