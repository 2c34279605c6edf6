import { WebPubSubClient } from '@azure/web-pubsub-client';

/** Many official clients, one user each, and what each of them has received. */
export class Crowd {
  members = [];

  /** From `sentAt` to the client's event, in milliseconds. */
  delays = [];

  /** @param url gives a user's client URL */
  static async gather(count, url) {
    const crowd = new Crowd();
    for (let number = 0; number < count; number++) crowd.members.push(crowd.#member(`user-${number}`, url));
    // Not all in one moment: that is another test than this one.
    for (let first = 0; first < count; first += 50) {
      await Promise.all(crowd.members.slice(first, first + 50).map(each => each.arrive()));
    }
    return crowd;
  }

  /** How often any of them had to start anew after it had been connected: its messages of that time are lost. */
  get startedAnew() { return this.members.reduce((total, each) => total + each.connects - 1, 0); }

  get received() { return this.members.reduce((total, each) => total + each.numbers.length, 0); }

  leave() { return Promise.all(this.members.map(each => each.leave())); }

  #member(user, url) {
    const client = new WebPubSubClient({ getClientAccessUrl: () => url(user) });
    const member = { user, numbers: [], connects: 0, arrive, leave };
    const stopped = once(client, 'stopped');
    client.on('server-message', ({ message: { data } }) => {
      member.numbers.push(data.number);
      this.delays.push(performance.now() - data.sentAt);
    });
    return member;

    /** The socket alone is not enough: before the first frame there is nothing to recover. */
    async function arrive() {
      const connected = once(client, 'connected');
      client.on('connected', () => { member.connects++; });
      await client.start();
      await connected;
    }

    /** A client that is about to recover does not hear the first call. Twice is fine. */
    async function leave() {
      client.stop();
      const again = setInterval(() => client.stop(), 200);
      await stopped;
      clearInterval(again);
    }
  }
}

// The client has "on" and "off" alone.
function once(client, event) { return new Promise(resolve => { client.on(event, resolve); }); }
