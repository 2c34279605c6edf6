import { WebPubSubClient } from '@azure/web-pubsub-client';
import { until } from './processes.mjs';

/** What the service pushes to one user, through the official client. */
export class Notices {
  #client;

  messages = [];

  /** @param protocol of the client's package; its default (reliable) one when left out */
  static async listen(api, protocol) {
    const notices = new Notices();
    const getClientAccessUrl = async () => (await api.call('POST', 'notifications/connect')).url;
    notices.#client = new WebPubSubClient({ getClientAccessUrl }, {
      ...(protocol && { protocol }),
      // The client's own pace, 20 s, would hold the process that long after it has stopped.
      keepAliveIntervalInMs: 1000, keepAliveTimeoutInMs: 10_000,
    });
    notices.#client.on('server-message', ({ message }) => notices.messages.push(message.data));
    await notices.#client.start();
    return notices;
  }

  of(videoId, type) {
    return this.messages.filter(message => message.videoId === videoId && message.type === type);
  }

  /** The messages of one kind for one video, once there are that many. */
  atLeast(count, videoId, type, { seconds = 300 } = {}) {
    return until(`${count} x ${type}`, () => {
      const found = this.of(videoId, type);
      return found.length >= count && found;
    }, { seconds });
  }

  stop() { this.#client.stop(); }
}
