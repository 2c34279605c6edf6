import type { UploadPolicy } from '../api/types';
import { videoTypeOf } from './content-type';
import type { MediaFacts } from './media-facts';

export type FileProblem = 'empty' | 'too-large' | 'no-video' | 'too-long' | 'too-many-pixels' | 'none-left';

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

  constructor(
    readonly problem: FileProblem,
    /** Null where the limits are not known. */
    readonly policy: UploadPolicy | null = null,
  ) {
    super(problem);
  }
}

/** Checks a file before anything is sent, by itself. Throws {@link FileRefused}. */
export function checkFile(file: Pick<File, 'name' | 'type' | 'size' | 'lastModified'>): FileFacts {
  const contentType = videoTypeOf(file);
  if (contentType === null) throw new FileRefused('no-video');
  if (file.size === 0) throw new FileRefused('empty');
  return { name: nameOf(file.name), contentType, sizeBytes: file.size, lastModified: file.lastModified };
}

// Browsers round; the server counts.
const DOUBT_S = 1;

/**
 * Checks a file against what the server takes. Only what is certain is refused: the server has the last word.
 *
 * @param media As the browser reads it; null where it cannot.
 */
export function checkPolicy(file: FileFacts, policy: UploadPolicy, media: MediaFacts | null): void {
  if (policy.leftToday <= 0) throw new FileRefused('none-left', policy);
  if (file.sizeBytes > policy.maxBytes) throw new FileRefused('too-large', policy);
  if (media === null) return;
  if (media.durationSeconds > policy.maxDurationSeconds + DOUBT_S) throw new FileRefused('too-long', policy);
  if (media.width * media.height > policy.maxPixels) throw new FileRefused('too-many-pixels', policy);
}

const MAX_NAME = 255;

function nameOf(name: string): string {
  const clean = name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim();
  // The end names the kind of file, so it stays.
  return clean === '' ? 'video' : clean.length <= MAX_NAME ? clean : clean.slice(-MAX_NAME).trim();
}
