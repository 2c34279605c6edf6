import { sentenceOf } from '../problems/sentences';
import { FileChanged, StorageError } from '../uploads/faults';
import { FileRefused } from '../uploads/file-check';
import { OtherFile } from '../uploads/same-file';
import { text } from './texts';

/** More than one file was dropped. */
export class SeveralFiles extends Error {}

/** What happened to an upload and what to do, in the page's language. */
export function uploadSentence(error: unknown, fileName = ''): string {
  const { problems } = text();
  if (error instanceof FileRefused) {
    const sentence = problems[error.problem];
    return typeof sentence === 'string' ? sentence : sentence(error.policy!);
  }
  if (error instanceof SeveralFiles) return problems.several;
  if (error instanceof FileChanged) return problems.changed;
  if (error instanceof OtherFile) return problems.other(fileName);
  if (error instanceof StorageError) return problems.storage;
  return sentenceOf(error);
}
