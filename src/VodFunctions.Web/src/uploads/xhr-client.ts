import type { HttpOperationResponse, IHttpClient, WebResource } from '@azure/storage-blob';
import { NetworkError } from '../api/errors';

// A request of which no byte moves for so long has lost its way. Systems take megabytes into their buffers, which a slow
// line then sends for a while without another word.
const STALL_MS = 120_000;

/** Sends the storage client's requests so that it is known how far each has come: `fetch` does not tell of uploads. */
export const xhrClient: IHttpClient = { sendRequest: send };

function send(request: WebResource): Promise<HttpOperationResponse> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const { abortSignal } = request;
    let stalled: ReturnType<typeof setTimeout>;

    const alive = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => xhr.abort(), STALL_MS);
    };
    const lost = () => reject(new NetworkError('No answer.'));
    const abort = () => {
      reject(new DOMException('The request was aborted.', 'AbortError'));
      xhr.abort();
    };

    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers.toJson({ preserveCase: true })))
      xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => {
      alive();
      request.onUploadProgress?.({ loadedBytes: loaded });
    };
    xhr.onload = () => resolve(answer(request, xhr));
    xhr.onerror = lost;
    xhr.onabort = lost;
    xhr.onloadend = () => {
      clearTimeout(stalled);
      abortSignal?.removeEventListener('abort', abort);
    };

    if (abortSignal?.aborted) return abort();
    abortSignal?.addEventListener('abort', abort);
    alive();
    xhr.send((typeof request.body === 'function' ? request.body() : request.body) as XMLHttpRequestBodyInit);
  });
}

function answer(request: WebResource, xhr: XMLHttpRequest): HttpOperationResponse {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const line of xhr.getAllResponseHeaders().trim().split('\r\n')) {
    const [name, ...value] = line.split(': ');
    if (name) headers.set(name, value.join(': '));
  }
  return { request, status: xhr.status, headers, bodyAsText: xhr.responseText };
}
