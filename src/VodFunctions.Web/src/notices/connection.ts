import type { Api } from '../api/client';
import { ApiError } from '../api/errors';
import { signal, type Signal } from '../dom/signal';
import { backoffMs } from '../timing/backoff';
import { createPause } from '../timing/pause';
import { onWake } from '../timing/wakes';

/** A connection for pushes that is there while it is wanted, however often it breaks. */
export interface Connection {
  readonly connected: Signal<boolean>;
  want(wanted: boolean): void;
  stop(): void;
}

/**
 * @param api For the connection's URL.
 * @param received Called with each push.
 */
export function createConnection(api: Pick<Api, 'connect'>, received: (data: unknown) => void): Connection {
  const connected = signal(false),
    pause = createPause();
  let wanted = false,
    close: (() => void) | null = null;

  async function run(): Promise<void> {
    for (let failures = 0; !pause.ended;) {
      if (!wanted) {
        await pause.wait(Infinity);
        continue;
      }
      const { wasConnected, refused } = await connectOnce();
      connected.set(false);
      failures = wasConnected ? 1 : failures + 1;
      // Who may not upload is told nothing, and need not ask again before the page is loaded anew.
      if (refused) return;
      if (wanted) await pause.wait(backoffMs({ firstMs: 1000, mostMs: 60_000 }, failures, Math.random()));
    }
  }

  async function connectOnce(): Promise<{ wasConnected: boolean; refused: boolean }> {
    let wasConnected = false,
      refused = false;
    try {
      const { openPushes } = await import('./push-client');
      if (!wanted || pause.ended) return { wasConnected, refused };
      await new Promise<void>(resolve => {
        close = openPushes(
          async abort => {
            try {
              return (await api.connect({ signal: abort })).url;
            } catch (error) {
              refused = error instanceof ApiError && error.status === 403;
              throw error;
            }
          },
          {
            connected() {
              wasConnected = true;
              connected.set(true);
            },
            received,
            closed: resolve,
          },
        );
      });
    } catch (error) {
      console.warn('pushes', error);
    }
    close = null;
    return { wasConnected, refused };
  }

  const stopWaking = onWake(() => pause.wake());
  void run();

  return {
    connected,
    want(next) {
      if (next === wanted) return;
      wanted = next;
      if (wanted) pause.wake();
      else close?.();
    },
    stop() {
      wanted = false;
      stopWaking();
      pause.end();
      close?.();
    },
  };
}
