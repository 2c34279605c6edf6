import { once } from 'node:events';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

const types = {
  m3u8: 'application/vnd.apple.mpegurl', mp4: 'video/mp4', m4s: 'video/mp4', ts: 'video/mp2t', jpg: 'image/jpeg', vtt: 'text/vtt',
};

/**
 * Serves files from memory as an origin of HLS does.
 * @param {Map<string, Buffer>} files by path, without the first slash
 * @param {(path: string) => object} override headers and `status` for a path: what a bad origin would say
 */
export async function serveFiles(files, override = () => ({})) {
  const server = createServer((request, response) => {
    const path = request.url.slice(1);
    const body = files.get(path);
    const extension = path.split('.').at(-1);
    const zipped = extension === 'm3u8';
    const { status, ...headers } = override(path);
    response.writeHead(status ?? (body ? 200 : 404), {
      'Content-Type': types[extension], ...(zipped && { 'Content-Encoding': 'gzip' }), ...headers,
    });
    const plain = body ?? Buffer.from('Not found.');
    response.end(zipped && headers['Content-Encoding'] !== 'identity' ? gzipSync(plain) : plain);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
