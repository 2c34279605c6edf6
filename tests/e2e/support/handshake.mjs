import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

/** Asks for an upgrade to a WebSocket, and hangs up on any answer: its status, 101 where the upgrade is accepted. */
export function handshake(url, headers = {}) {
  return upgrade(url, headers, ({ statusCode }) => statusCode);
}

/** The code (RFC 6455 section 7.4.1) with which a WebSocket is closed when it is just open; null where another frame comes. */
export function closeCode(url) {
  return upgrade(url, {}, async ({ statusCode }, socket, head) => {
    if (statusCode !== 101) throw new Error(`The upgrade was answered with ${statusCode}.`);
    let bytes = head;
    const chunks = socket[Symbol.asyncIterator]();
    while (bytes.length < 4) bytes = Buffer.concat([bytes, (await chunks.next()).value ?? Buffer.alloc(4)]);
    const [first, length] = bytes;
    return first === 0x88 && length >= 2 ? bytes.readUInt16BE(2) : null;
  });
}

function upgrade(url, headers, read) {
  return new Promise((resolve, reject) => {
    const asked = request(url.replace(/^ws/, 'http'), {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        'Sec-WebSocket-Protocol': 'json.reliable.webpubsub.azure.v1',
        ...headers,
      },
    });
    const answer = async (response, socket, head) => {
      try {
        resolve(await read(response, socket, head));
      } catch (error) {
        reject(error);
      } finally {
        asked.destroy();
        socket?.destroy();
      }
    };
    asked.on('upgrade', answer).on('response', answer).on('error', reject).end();
  });
}
