import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { Listener } from './listener.mjs';
import { startTcpProxy } from './tcp-proxy.mjs';
import { startWorld } from './world.mjs';
import { until } from './processes.mjs';

/** What the official SDKs take, as `./dev emulators` prints it. */
export const connectionStringOf = world => until('the connection string is printed',
  () => /^VodWebPubSub=(Endpoint=.*)$/m.exec(world.log())?.[1]);

/** That URL, through that network, which takes TLS off. */
export function through(network, url) {
  const { host } = new URL(network.url);
  return Object.assign(new URL(url), { protocol: 'ws:', host }).href;
}

/**
 * The server SDK with tokens from elsewhere, as with Entra. It sends such a token over TLS only, which a gateway in front of the
 * host takes off.
 */
export function withCredential(world, hub, makeToken) {
  const endpoint = 'https://gateway.test';
  const policy = {
    name: 'gateway',
    sendRequest: (request, next) => next(
      Object.assign(request, { url: request.url.replace(endpoint, world.url), allowInsecureConnection: true })),
  };
  const getToken = async () => ({ token: makeToken(), expiresOnTimestamp: Date.now() + 3_600_000 });
  return new WebPubSubServiceClient(endpoint, { getToken }, hub, { additionalPolicies: [{ policy, position: 'perRetry' }] });
}

/**
 * Starts the official client for the time of a test.
 * @param test its context
 * @param {string[]} groups and `roles`, `userId`: for the token
 * @param options of the client
 */
export async function listen(test, hub, network, { userId, roles, groups, ...options } = {}) {
  const getUrl = async () => through(network, (await hub.getClientAccessToken({ userId, roles, groups })).url);
  const listener = new Listener(getUrl, options);
  test.after(() => listener.stop());
  await listener.start();
  return listener;
}

/**
 * The Web PubSub emulator at an address of its own, where nobody listens: every client comes through a network of its own, as
 * through a proxy, and the server SDK goes straight to the host, so that it can send while a client is cut off.
 */
export async function startWebPubSub(settings = {}) {
  const world = await startWorld({ 'Vod:WebPubSub:Endpoint': 'http://web-pubsub.test', ...settings }, { emulatorsOnly: true });
  const networks = [];
  try {
    const connectionString = await connectionStringOf(world);
    return {
      world,
      accessKey: /AccessKey=([^;]*)/.exec(connectionString)[1],
      hub: name => new WebPubSubServiceClient(
        connectionString, name, { allowInsecureConnection: true, reverseProxyEndpoint: world.url }),
      async network() {
        const network = await startTcpProxy();
        networks.push(network);
        network.forwardTo(world.url);
        return network;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  async function stop() {
    await Promise.all(networks.map(network => network.stop()));
    await world.stop();
  }
}
