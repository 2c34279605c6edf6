import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

/** Asks for an upgrade to a WebSocket, and hangs up on any answer: its status, 101 where the upgrade is accepted. */
export function handshake(url, headers = {}) {
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
    const answer = ({ statusCode }) => {
      resolve(statusCode);
      asked.destroy();
    };
    asked.on('upgrade', answer).on('response', answer).on('error', reject).end();
  });
}
