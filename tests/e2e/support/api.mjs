import assert from 'node:assert/strict';
import { until } from './processes.mjs';

/** The site's calls for one user. */
export class Api {
  #token;
  #signal;

  /** @param {AbortSignal} signal ends the calls that are under way, and those that come */
  constructor(url, token, signal) {
    this.url = url;
    this.#token = token;
    this.#signal = signal;
  }

  static async signIn(url, user) {
    const { token } = await new Api(url).call('POST', 'dev/token', { user, roles: ['uploader'] });
    return new Api(url, token);
  }

  /** The same user's calls by another way. */
  through(url, signal) { return new Api(url, this.#token, signal); }

  /** The whole answer. */
  send(method, path, body) {
    return fetch(`${this.url}/api/${path}`, {
      method,
      signal: this.#signal,
      headers: {
        ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
  }

  /** The body of a good answer. */
  async call(method, path, body) {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  ticket(sizeBytes, fileName = 'clip.mp4') {
    return this.call('POST', 'uploads', { fileName, contentType: 'video/mp4', sizeBytes });
  }

  renew(videoId) { return this.call('POST', `uploads/${videoId}/renew`); }

  post(videoId, text = 'A clip') { return this.call('POST', 'feeds', { text, videoId }); }

  /** The notice was shown: a message of the service, or an item of the list. */
  acknowledge({ videoId, notificationId }) {
    return this.call('POST', `notifications/${videoId}/ack`, { notificationId });
  }

  /** The video once its job has ended COMPLETED. */
  completed(videoId, seconds = 300) {
    return until(`${videoId} is COMPLETED`, async () => {
      const video = await this.call('GET', `videos/${videoId}`);
      assert.notEqual(video.job?.status, 'ERROR', JSON.stringify(video.job?.error));
      return video.job?.status === 'COMPLETED' && video;
    }, { seconds });
  }
}
