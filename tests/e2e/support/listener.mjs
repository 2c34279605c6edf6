import { WebPubSubClient, WebPubSubJsonReliableProtocol } from '@azure/web-pubsub-client';
import { until } from './processes.mjs';

/** The official client, and everything that it has told so far. */
export class Listener {
  #getUrl;
  #url;
  #lastConnected;
  #ended = false;

  messages = [];
  connections = [];
  disconnections = [];
  rejoinFailures = [];
  urls = 0;
  stopped = false;

  /** How many frames of each kind have come: `connected` also comes for a recovered connection. */
  frames = { connected: 0, pong: 0 };

  /**
   * @param {() => Promise<string>} getUrl asked for each new connection
   * @param options of the official client
   */
  constructor(getUrl, { protocol = WebPubSubJsonReliableProtocol(), ...options } = {}) {
    this.#getUrl = getUrl;
    // A client that is stopped leaves the delay of its next ping behind, which would hold the process for that long.
    this.client = new WebPubSubClient({ getClientAccessUrl: () => this.#nextUrl() }, {
      protocol: this.#overhear(protocol),
      keepAliveIntervalInMs: 1000,
      keepAliveTimeoutInMs: 0,
      messageRetryOptions: { maxRetries: 0 },
      reconnectRetryOptions: { maxRetries: 100, retryDelayInMs: 200 },
      ...options,
    });
    this.client.on('connected', ({ connectionId, userId }) => this.connections.push({ connectionId, userId }));
    this.client.on('disconnected', each => this.disconnections.push(each));
    this.client.on('rejoin-group-failed', each => this.rejoinFailures.push(each));
    this.client.on('stopped', () => { this.stopped = true; });
    for (const event of ['server-message', 'group-message']) {
      this.client.on(event, ({ message }) => this.messages.push(message));
    }
  }

  async start() {
    await this.client.start();
    await this.connected(1);
  }

  get connectionId() { return this.connections.at(-1).connectionId; }

  /** Where it would recover its connection. */
  get recoveryUrl() {
    const { connectionId, reconnectionToken } = this.#lastConnected;
    return `${this.#url}&awps_connection_id=${connectionId}&awps_reconnection_token=${reconnectionToken}`;
  }

  /** The content of all messages, in the order of their arrival. */
  get data() { return this.messages.map(({ data }) => data); }

  /** Once it has got a connection that many times; to recover one is not to get another. */
  connected(times) {
    return until(`connection ${times}`, () => this.connections.length >= times);
  }

  /** Once that many messages have arrived. */
  async received(count) {
    await until(`${count} messages`, () => this.messages.length >= count, { everyMs: 10 });
    return this.data;
  }

  /** Once a connection has been confirmed to it that many times, be it a new one or the same again. */
  confirmed(times) {
    return until(`confirmation ${times}`, () => this.frames.connected >= times, { everyMs: 10 });
  }

  /** Once it has given up its socket, whatever has become of the connection. */
  gaveUp() {
    const send = () => this.client.sendEvent('probe', '', 'text', { fireAndForget: true });
    return until('the client gives its socket up', () => send().then(() => false, () => true));
  }

  /** Stops, and does not come back from a recovery that is under way either. */
  stop() {
    this.#ended = true;
    this.client.stop();
  }

  #overhear(protocol) {
    return {
      name: protocol.name,
      isReliableSubProtocol: protocol.isReliableSubProtocol,
      writeMessage: message => protocol.writeMessage(message),
      parseMessages: input => {
        const message = protocol.parseMessages(input);
        if (message?.kind in this.frames) this.frames[message.kind]++;
        if (message?.kind === 'connected') this.#lastConnected = message;
        return message;
      },
    };
  }

  async #nextUrl() {
    if (this.#ended) throw new Error('The test is over.');
    this.urls++;
    this.#url = await this.#getUrl();
    return this.#url;
  }
}
