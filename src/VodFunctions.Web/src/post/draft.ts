import { memory } from '../dom/memory';

/** The most that the API takes, in UTF-16 units: what `length` counts. */
export const MAX_TEXT = 5000;

export type TextProblem = 'noText' | 'tooLong';

/** What is wrong with a text, or null. */
export function textProblem(text: string): TextProblem | null {
  if (text.trim() === '') return 'noText';
  return text.length > MAX_TEXT ? 'tooLong' : null;
}

/**
 * The text that somebody is writing, kept on this browser: with its upload once there is one, so that another tab begins
 * with a text of its own.
 */
export interface Drafts {
  /** @param upload The upload's key, or null before there is one. */
  read(upload: string | null): string | null;
  write(upload: string | null, text: string): void;
  remove(upload: string | null): void;
}

export function draftsOf(user: string): Drafts {
  const name = (upload: string | null) => `vod.draft.${user}.${upload ?? 'new'}`;
  return {
    read: upload => memory.read(name(upload)),
    write: (upload, text) => memory.write(name(upload), text),
    remove: upload => memory.remove(name(upload)),
  };
}
