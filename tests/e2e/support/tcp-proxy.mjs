import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * A network that can be disturbed, between clients and a server: it forwards bytes, and knows nothing of what they mean.
 * It listens before there is a server, so that its address can be among the server's settings.
 */
export async function startTcpProxy() {
  let target = null;
  let stalled = null;
  let accepted = 0;
  const pairs = new Set();
  const server = createServer(client => {
    if (!target) return client.destroy();
    accepted++;
    const upstream = connect(target);
    const pair = { client, upstream };
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    pairs.add(pair);
    for (const [from, to] of [[client, upstream], [upstream, client]]) {
      from.setNoDelay(true).on('error', end).on('close', end);
      if (stalled === 'both' || (stalled === 'answers' && from === upstream)) from.pause();
      else from.pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    get connections() { return pairs.size; },
    /** How many connections it has ever forwarded. */
    get accepted() { return accepted; },
    /** Forwards new connections to that server; null: refuses them. */
    forwardTo(url) { target = url && { host: new URL(url).hostname, port: Number(new URL(url).port) }; },
    /** Destroys the sockets of connections that are open: of all, or of those for which `choose` is true. */
    cut(choose = () => true) {
      const chosen = [...pairs].filter(choose);
      for (const { client, upstream } of chosen) {
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      }
      return chosen.length;
    },
    /** Holds every byte back, on open and on new connections, and leaves the sockets open: both ways, or the server's only. */
    stall({ answersOnly = false } = {}) {
      stalled = answersOnly ? 'answers' : 'both';
      for (const { client, upstream } of pairs) {
        upstream.unpipe(client).pause();
        if (!answersOnly) client.unpipe(upstream).pause();
      }
    },
    resume() {
      stalled = null;
      for (const { client, upstream } of pairs) {
        client.unpipe(upstream).pipe(upstream);
        upstream.unpipe(client).pipe(client);
      }
    },
    async stop() {
      server.close();
      for (const { client, upstream } of pairs) {
        client.destroy();
        upstream.destroy();
      }
      await once(server, 'close');
    },
  };
}
