import { WebPubSubClient } from '@azure/web-pubsub-client';

/** What a connection tells. */
export interface PushEvents {
  connected(): void;
  received(data: unknown): void;
  /** It is over for good. Called once, also where it never came to be. */
  closed(): void;
}

const LIMIT_MS = 20_000;

/**
 * Opens one connection to the push service. The official client recovers it where it breaks for a short while, without
 * losing anything; a connection that is lost for good is closed, and its owner opens another.
 *
 * @param getUrl Asks for a URL for now.
 * @returns Closes it.
 */
export function openPushes(getUrl: (signal: AbortSignal) => Promise<string>, events: PushEvents): () => void {
  const closing = new AbortController();
  let isOver = false;
  let stopping: ReturnType<typeof setInterval> | undefined;
  const client = new WebPubSubClient(
    { getClientAccessUrl: () => getUrl(closing.signal) },
    {
      autoReconnect: false,
      // A connection that died while the machine slept is noticed within a minute of its waking.
      keepAliveIntervalInMs: 20_000,
      keepAliveTimeoutInMs: 50_000,
    },
  );
  // Some networks let a connection begin and then say nothing.
  const limit = setTimeout(close, LIMIT_MS);

  client.on('connected', () => {
    clearTimeout(limit);
    if (isOver) stopAgain();
    else events.connected();
  });
  client.on('server-message', ({ message }) => {
    if (!isOver) events.received(message.data);
  });
  client.on('stopped', () => {
    clearInterval(stopping);
    over();
  });
  client.start().catch(() => {
    clearInterval(stopping);
    over();
  });

  // The client does not listen to stop() while it recovers.
  function stopAgain(): void {
    client.stop();
    stopping ??= setInterval(() => client.stop(), 1000);
  }

  function close(): void {
    closing.abort();
    stopAgain();
    over();
  }

  function over(): void {
    clearTimeout(limit);
    if (isOver) return;
    isOver = true;
    events.closed();
  }

  return close;
}
