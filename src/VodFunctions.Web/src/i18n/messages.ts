import { language, type Language } from './language';

/** What stands for a type's texts in another language: the same keys, the same parameters. */
type Texts = { [key: string]: string | Texts | ((...values: never[]) => string) };
type Same<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : Same<T[K]>;
};

/**
 * The texts of one feature, in every language. The answer gives those of the language that the page speaks when it is
 * called, so call it where a text is put on the page.
 */
export function messages<T extends Texts>(texts: { en: T; ko: Same<T> }): (spoken?: Language) => Same<T> {
  // English has the shape that it gives the others; the compiler cannot see that.
  return (spoken = language.value) => (spoken === 'ko' ? texts.ko : (texts.en as unknown as Same<T>));
}
