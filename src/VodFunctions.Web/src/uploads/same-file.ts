import { planBlocks } from './block-plan';
import { digest, fingerprint, readBlock } from './fingerprint';
import type { UploadRecord } from './store';

/** The file that was chosen to go on with is another one than before. */
export class OtherFile extends Error {
  override readonly name = 'OtherFile';
}

/**
 * Whether a file is the one that an upload was begun with: by its size and samples, and by every block that was sent, so
 * that no blob is ever made of two files.
 *
 * @param digests Of the blocks that were sent, by their index.
 */
export async function isSameFile(
  file: File,
  record: UploadRecord,
  digests: ReadonlyMap<number, string>,
): Promise<boolean> {
  const { sizeBytes, lastModified, fingerprint: expected } = record.file;
  if (file.size !== sizeBytes || (await fingerprint(file)) !== expected) return false;
  // Where nothing can be hashed, only a file that was not touched is the same.
  if (expected === '') return file.lastModified === lastModified;
  if (record.ticket === null) return true;
  const plan = planBlocks(sizeBytes, record.ticket.blockBytes);
  for (const [index, expectedBlock] of digests) {
    if ((await digest(await readBlock(file, plan, index))) !== expectedBlock) return false;
  }
  return true;
}
