import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Lane } from './lane.mjs';

/**
 * The network of a browser profile: a SOCKS 5 proxy (RFC 1928), so that everything goes through it whatever its address:
 * the site, the storage, WebSockets, workers. What a browser's own tools throttle leaves WebSockets and workers out.
 * What a sending browser's system keeps in its socket buffers has left the browser: only an answer proves arrival.
 * `Browser.newNetwork` makes one that ends by itself; this one is to be stopped after the pages that are on it.
 */
export async function startNetwork() {
  const network = new Network();
  await network.start();
  return network;
}

export class Network {
  #server;
  #lines = new Set();
  #up = new Lane();
  #down = new Lane();
  #dark = false;

  /** Bytes sent so far to each server, by `host:port`. */
  sent = new Map();

  /** WebSockets that were opened through it so far. */
  webSockets = 0;

  async start() {
    this.#server = createServer(client => this.#accept(client)).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.server = `socks5://127.0.0.1:${this.#server.address().port}`;
  }

  /** From now on that many megabits per second, in each direction, and half of the latency each way. */
  shape({ mbps, latencyMs = 0 }) {
    for (const lane of [this.#up, this.#down]) lane.shape({ bytesPerSecond: mbps * 125_000, delayMs: latencyMs / 2 });
  }

  /** As fast as the machine. */
  unshape() { this.shape({ mbps: Infinity }); }

  /** Resets connections that are open; new ones work. */
  cut({ webSocketsOnly = false } = {}) {
    const chosen = [...this.#lines].filter(line => line.isWebSocket || !webSocketsOnly);
    for (const { client, upstream } of chosen) {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    }
    return chosen.length;
  }

  /** How many WebSockets are open. */
  get openWebSockets() { return [...this.#lines].filter(line => line.isWebSocket).length; }

  /**
   * The network is gone: what is open breaks, nothing new is let through. With a page, its browser knows as well, as it
   * does when the Wi-Fi is switched off (`navigator.onLine`).
   */
  async goOffline(page) {
    this.#dark = true;
    this.cut();
    await page?.context().setOffline(true);
  }

  async goOnline(page) {
    this.#dark = false;
    await page?.context().setOffline(false);
  }

  async stop() {
    this.#server.close();
    this.cut();
    for (const lane of [this.#up, this.#down]) lane.stop();
    await once(this.#server, 'close');
  }

  #accept(client) {
    this.#connect(client).catch(() => client.destroy()); // The client has gone, or its server refuses.
  }

  async #connect(client) {
    client.setNoDelay(true).on('error', () => client.destroy());
    const { host, port } = await readTarget(client);
    if (this.#dark) throw new Error('The network is gone.');
    const upstream = connect({ host, port });
    const line = { client, upstream, isWebSocket: false };
    this.#lines.add(line);
    const end = () => {
      this.#lines.delete(line);
      client.destroy();
      upstream.destroy();
    };
    client.on('close', end);
    upstream.setNoDelay(true).on('error', end).on('close', () => this.#down.flush(client).then(end));
    await once(upstream, 'connect');
    client.write(accepted);

    const name = `${host}:${port}`;
    client.once('data', first => {
      line.isWebSocket = /\r\nupgrade: websocket\r\n/i.test(first.toString('latin1'));
      if (line.isWebSocket) this.webSockets++;
    });
    client.on('data', bytes => {
      this.sent.set(name, (this.sent.get(name) ?? 0) + bytes.length);
      this.#up.carry(bytes, client, upstream);
    });
    upstream.on('data', bytes => this.#down.carry(bytes, upstream, client));
    client.resume();
  }
}

const accepted = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/** The handshake, up to the request: version 5, no authentication, CONNECT. Leaves the client paused. */
async function readTarget(client) {
  const read = async () => {
    const [bytes] = await once(client, 'data');
    client.pause();
    return bytes;
  };
  await read();
  client.write(Buffer.from([5, 0]));
  client.resume();
  const request = await read();
  const kind = request[3];
  if (request[1] !== 1 || (kind !== 1 && kind !== 3 && kind !== 4)) throw new Error('Not understood.');
  const end = kind === 1 ? 8 : kind === 4 ? 20 : 5 + request[4];
  const host = kind === 1 ? request.subarray(4, 8).join('.')
    : kind === 3 ? request.subarray(5, end).toString()
      : request.subarray(4, 20).toString('hex').match(/.{4}/g).join(':');
  return { host, port: request.readUInt16BE(end) };
}
