// A person and the pages of the site that they open, as the site's own page treats notices. What one page leaves undone
// the next one does: what was shown, and what is still to be acknowledged, is kept outside of the page.
import { WebPubSubClient } from '@azure/web-pubsub-client';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './processes.mjs';
import { startTcpProxy } from './tcp-proxy.mjs';

/** One person, and what their browser remembers of notices from page to page, as localStorage does. */
export class Person {
  /** The notices that the person has seen, in order. */
  shown = [];

  /** Notices that the service has not confirmed to be acknowledged: their videos, by notification id. */
  owed = new Map();

  /** @param {import('./api.mjs').Api} api the site's calls for this person */
  constructor(name, api) {
    this.name = name;
    this.api = api;
  }

  /** How often the person has seen the notices of a video. */
  seen(videoId) { return this.shown.filter(notice => notice.videoId === videoId).length; }

  /** Opens a page of the site. */
  async open() { return new Page(this, await startTcpProxy()); }
}

/**
 * One page, from opening to closing. It shows what is pushed and what was missed, once each, and acknowledges it until the
 * service has answered.
 */
export class Page {
  #person;
  #network;
  #client;
  #working;
  #running = false;
  #closing = new AbortController();
  #acknowledging = new Set();

  // The official client looks at this before each new attempt.
  #reconnecting = { maxRetries: Number.MAX_SAFE_INTEGER, retryDelayInMs: 500 };

  /** What was pushed to this page, progress and repetitions as well. */
  frames = [];

  /** Whether the service has greeted it, and it has not lost that connection for good. */
  connected = false;

  /** How many connections it has had, one after the other; one that was recovered counts once. */
  connections = 0;

  /** What did not work at first, for who looks into a test that failed. */
  faults = [];

  /** @param network of this page alone: what the page sends and receives goes through it, so that a lid can cut it off */
  constructor(person, network) {
    this.#person = person;
    this.#network = network;
    network.forwardTo(person.api.url);
    /** The site's calls from this page. */
    this.api = person.api.through(network.url, this.#closing.signal);
    this.#client = new WebPubSubClient({ getClientAccessUrl: () => this.#connectUrl() }, {
      reconnectRetryOptions: this.#reconnecting,
      // The client's own pace, 20 s, would hold the process that long after it has stopped.
      keepAliveIntervalInMs: 1000, keepAliveTimeoutInMs: 10_000,
    });
    this.#client.on('server-message', ({ message }) => this.#receive(message.data));
    this.#client.on('connected', () => {
      this.connections++;
      this.connected = true;
      this.#readMissed();
    });
    this.#client.on('disconnected', () => { this.connected = false; });
    this.#client.on('stopped', () => { this.#running = false; });
    for (const [notificationId, videoId] of person.owed) this.#acknowledge(notificationId, videoId);
    this.#readMissed(); // It does not wait for the connection, which some networks never let through.
    this.#working = this.#insist(async () => {
      await this.#client.start();
      this.#running = true;
    });
  }

  /** How often a video's notice was pushed to this page. */
  pushed(videoId) {
    return this.frames.filter(frame => frame.videoId === videoId && frame.type !== 'video.progress').length;
  }

  /** Closes the page. */
  async close() {
    this.#stop();
    await this.#stopped();
    await this.#network.stop();
  }

  /** Ends it as the lid of a laptop does: the other side is told nothing, and hears nothing any more. */
  async cut() {
    this.#network.stall(); // Also the farewell of the client, which knows no other way to be stopped.
    this.#stop();
    this.#network.forwardTo(null);
    this.#network.cut();
    await this.#stopped();
    await this.#network.stop();
  }

  #stop() {
    this.#closing.abort();
    this.#reconnecting.maxRetries = 0;
    this.#client.stop();
  }

  async #stopped() {
    await this.#working;
    // A client that is on its way back to its connection does not listen to stop().
    await until('the client has stopped', () => {
      if (this.#running) this.#client.stop();
      return !this.#running;
    });
  }

  async #connectUrl() {
    const url = new URL((await this.api.call('POST', 'notifications/connect')).url);
    url.host = new URL(this.#network.url).host;
    return url.href;
  }

  #receive(frame) {
    if (this.#closing.signal.aborted) return;
    this.frames.push(frame);
    if (frame.type === 'video.completed' || frame.type === 'video.failed') this.#show(frame);
  }

  /** Shows what came while no page was connected. Also after each new connection: there was a gap before it. */
  #readMissed() {
    return this.#insist(async () => {
      let cursor = null;
      do {
        const page = await this.api.call('GET', `notifications${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`);
        for (const notice of page.items) this.#show(notice);
        cursor = page.cursor;
      } while (cursor);
    });
  }

  #show(notice) {
    const { notificationId, videoId } = notice;
    if (this.#closing.signal.aborted) return;
    if (this.#person.shown.every(each => each.notificationId !== notificationId)) this.#person.shown.push(notice);
    // Also when it comes again: that says that it counts as not acknowledged.
    this.#person.owed.set(notificationId, videoId);
    this.#acknowledge(notificationId, videoId);
  }

  async #acknowledge(notificationId, videoId) {
    if (this.#acknowledging.has(notificationId)) return;
    this.#acknowledging.add(notificationId);
    await this.#insist(async () => {
      const answer = await this.api.send('POST', `notifications/${videoId}/ack`, { notificationId });
      await answer.arrayBuffer();
      if (answer.status >= 500 || [401, 408, 429].includes(answer.status)) throw new Error(`ack: ${answer.status}`);
      // Any other answer is the last word: acknowledged, or there is nothing (any more) to acknowledge.
      this.#person.owed.delete(notificationId);
    });
    this.#acknowledging.delete(notificationId);
  }

  /** Tries until it works or the page is closed. */
  async #insist(step) {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        return await step();
      } catch (error) {
        if (!signal.aborted) this.faults.push(error);
        await delay(250, null, { signal }).catch(() => {});
      }
    }
  }
}
