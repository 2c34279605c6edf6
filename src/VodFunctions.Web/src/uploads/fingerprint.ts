import type { BlockPlan } from './block-plan';
import { blockRange } from './block-plan';
import { FileChanged } from './faults';

const SAMPLES = 16;
const SAMPLE_BYTES = 64 * 1024;

/** Where the samples of a file of that size lie: its begin, its end, and evenly between; the whole of a small one. */
export function sampleRanges(sizeBytes: number): { start: number; end: number }[] {
  if (sizeBytes <= SAMPLES * SAMPLE_BYTES) return [{ start: 0, end: sizeBytes }];
  return Array.from({ length: SAMPLES }, (_, i) => {
    const start = Math.floor(((sizeBytes - SAMPLE_BYTES) * i) / (SAMPLES - 1));
    return { start, end: start + SAMPLE_BYTES };
  });
}

/** Tells files apart quickly: the hash of samples. Each block that was sent is compared whole besides. */
export async function fingerprint(file: Blob): Promise<string> {
  return digest(await read(new Blob(sampleRanges(file.size).map(({ start, end }) => file.slice(start, end)))));
}

/** One block of the file. Throws {@link FileChanged}. */
export function readBlock(file: Blob, plan: BlockPlan, index: number): Promise<ArrayBuffer> {
  const { start, end } = blockRange(plan, index);
  return read(file.slice(start, end));
}

/** SHA-256, in hexadecimal digits; empty where the page did not come over HTTPS or from this machine: nothing is hashed then. */
export async function digest(bytes: ArrayBuffer): Promise<string> {
  if (!globalThis.crypto?.subtle) return '';
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('');
}

async function read(slice: Blob): Promise<ArrayBuffer> {
  try {
    return await slice.arrayBuffer();
  } catch (error) {
    // NotReadableError or NotFoundError: the file is not what it was when it was chosen.
    throw new FileChanged('The file cannot be read.', { cause: error });
  }
}
