import { NetworkError } from '../api/errors';
import type { StagedBlock } from './block-plan';
import { StorageError } from './faults';

/** What the storage has of an upload. */
export interface Stored {
  /** The size of the blob where it was made already. */
  readonly committedBytes: number | null;
  readonly staged: readonly StagedBlock[];
}

/** The blob of one upload, by its URL with the SAS. All throw `StorageError`, `NetworkError`, or the abort. */
export interface Storage {
  stored(url: string, signal: AbortSignal): Promise<Stored>;
  stageBlock(
    url: string,
    id: string,
    bytes: ArrayBuffer,
    signal: AbortSignal,
    sent: (bytes: number) => void,
  ): Promise<void>;
  /** Makes the blob. Fails where that was done before. */
  commit(url: string, ids: readonly string[], contentType: string, signal: AbortSignal): Promise<void>;
}

const COMMIT_LIMIT_MS = 60_000;
const VERSION = '2021-12-02';

/** Loads the storage client, which is heavy. */
export async function loadStorage(): Promise<Storage> {
  const [{ BlockBlobClient }, { xhrClient }] = await load();
  // Tries are counted, and waited between, in one place: not in the client.
  const blob = (url: string) =>
    new BlockBlobClient(url, undefined, { httpClient: xhrClient, retryOptions: { maxTries: 1 } });

  return {
    async stored(url, abortSignal) {
      try {
        const answer = await blob(url).getBlockList('all', { abortSignal });
        const committed = (answer.committedBlocks?.length ?? 0) > 0;
        return {
          committedBytes: committed ? (answer.blobContentLength ?? null) : null,
          staged: answer.uncommittedBlocks ?? [],
        };
      } catch (error) {
        const fault = faultOf(error);
        if (fault instanceof StorageError && fault.status === 404) return { committedBytes: null, staged: [] };
        throw fault;
      }
    },

    async stageBlock(url, id, bytes, abortSignal, sent) {
      try {
        await blob(url).stageBlock(id, bytes, bytes.byteLength, {
          abortSignal,
          onProgress: ({ loadedBytes }) => sent(loadedBytes),
        });
      } catch (error) {
        throw faultOf(error);
      }
    },

    commit,
  };
}

/**
 * Sends the block list itself: of uncommitted blocks only, so that the second of two requests fails. Browsers repeat a
 * request whose connection broke, and the client's list, of the latest blocks, would make another blob, with another ETag.
 */
async function commit(url: string, ids: readonly string[], contentType: string, signal: AbortSignal): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(`${url}&comp=blocklist`, {
      method: 'PUT',
      headers: { 'content-type': 'application/xml', 'x-ms-version': VERSION, 'x-ms-blob-content-type': contentType },
      body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${ids.map(id => `<Uncommitted>${id}</Uncommitted>`).join('')}</BlockList>`,
      signal: AbortSignal.any([signal, AbortSignal.timeout(COMMIT_LIMIT_MS)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NetworkError('No answer.', { cause: error });
  }
  if (!answer.ok) throw new StorageError(answer.status, answer.headers.get('x-ms-error-code') ?? '');
}

async function load() {
  try {
    return await Promise.all([import('./storage-client'), import('./xhr-client')]);
  } catch (error) {
    throw new NetworkError('The storage client was not loaded.', { cause: error });
  }
}

function faultOf(error: unknown): unknown {
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  return typeof statusCode === 'number' ? new StorageError(statusCode, code ?? '') : error;
}
