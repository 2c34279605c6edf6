import { backOffMs, rest } from './back-off';
import { judge } from './faults';
import type { Ticket } from './ticket';

const BUSY_TRIES = 8;
const EXPIRED_TRIES = 4;

/** Whether the network carries anything. */
export interface Line {
  up(): void;
  down(): void;
}

/**
 * Does something with the upload's URL until it works: without a network for as long as it takes, with a renewed URL
 * where it has expired, a few times where the storage is busy.
 */
export async function attempt<T>(
  ticket: Ticket,
  line: Line,
  signal: AbortSignal,
  action: (url: string) => Promise<T>,
): Promise<T> {
  let offline = 0,
    busy = 0,
    expired = 0;
  for (;;) {
    let url: string | null = null;
    try {
      signal.throwIfAborted();
      url = await ticket.url();
      const result = await action(url);
      line.up();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      switch (judge(error)) {
        case 'offline':
          // One connection may break by itself.
          if (offline > 0 || navigator.onLine === false) line.down();
          await rest(backOffMs(offline++), signal);
          break;
        case 'busy':
          if (++busy >= BUSY_TRIES) throw error;
          await rest(backOffMs(busy), signal);
          break;
        case 'expired':
          if (++expired >= EXPIRED_TRIES) throw error;
          if (url !== null) ticket.expire(url);
          if (expired > 1) await rest(backOffMs(expired), signal);
          break;
        default:
          throw error;
      }
    }
  }
}
