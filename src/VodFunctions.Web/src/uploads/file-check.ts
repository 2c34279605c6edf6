import { videoTypeOf } from './content-type';

/** The largest upload that the API takes by default: 300 MiB. */
export const MAX_BYTES = 314_572_800;

export type FileProblem = 'empty' | 'too-large' | 'no-video';

/** A file that may be asked a ticket for. */
export interface FileFacts {
  /** As the API takes it: 1 to 255 characters, none of them a control character. */
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** The file was not taken; nothing was sent. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';

  constructor(readonly problem: FileProblem) {
    super(problem);
  }
}

/** Checks a file before anything is sent. Throws {@link FileRefused}. */
export function checkFile(file: Pick<File, 'name' | 'type' | 'size' | 'lastModified'>): FileFacts {
  const contentType = videoTypeOf(file);
  if (contentType === null) throw new FileRefused('no-video');
  if (file.size === 0) throw new FileRefused('empty');
  if (file.size > MAX_BYTES) throw new FileRefused('too-large');
  return { name: nameOf(file.name), contentType, sizeBytes: file.size, lastModified: file.lastModified };
}

const MAX_NAME = 255;

function nameOf(name: string): string {
  const clean = name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim();
  // The end names the kind of file, so it stays.
  return clean === '' ? 'video' : clean.length <= MAX_NAME ? clean : clean.slice(-MAX_NAME).trim();
}
