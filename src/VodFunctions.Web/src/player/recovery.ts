/** Something that hls.js gave up on. */
export interface Fault {
  readonly kind: 'network' | 'media' | 'unsupported';
  /** Of the answer; 0 or absent where there was none. */
  readonly status?: number | undefined;
}

/** Why nothing plays. Only a network comes back by itself. */
export type Trouble = 'network' | 'gone' | 'media' | 'unsupported';

/** What to do about a fault. */
export type Cure =
  | { readonly do: 'load-again'; readonly afterMs: number }
  | { readonly do: 'reset-media' }
  | { readonly do: 'give-up'; readonly why: Exclude<Trouble, 'network'> };

const MEDIA_RESETS = 3;
const MEDIA_WINDOW_MS = 30_000;
const TIMES_GONE = 3;

/** Decides what to do about faults, one after the other. */
export class Recovery {
  #networkFaults = 0;
  #timesGone = 0;
  #resets: number[] = [];

  /** @param random Spreads the viewers of a server that comes back: 0 to 1. */
  constructor(private readonly random: () => number = Math.random) {}

  /** A fault at a time in milliseconds. */
  cureOf(fault: Fault, nowMs: number): Cure {
    if (fault.kind === 'unsupported') return { do: 'give-up', why: 'unsupported' };
    if (fault.kind === 'network') return this.#network(fault.status ?? 0);
    this.#resets = this.#resets.filter(at => nowMs - at < MEDIA_WINDOW_MS);
    if (this.#resets.length === MEDIA_RESETS) return { do: 'give-up', why: 'media' };
    this.#resets.push(nowMs);
    return { do: 'reset-media' };
  }

  /** Something was loaded: the network works. */
  loaded(): void {
    this.#networkFaults = 0;
    this.#timesGone = 0;
  }

  #network(status: number): Cure {
    if ((status === 404 || status === 410) && ++this.#timesGone === TIMES_GONE) return { do: 'give-up', why: 'gone' };
    const wait = Math.min(8000, 500 * 2 ** this.#networkFaults++);
    return { do: 'load-again', afterMs: wait * (0.75 + this.random() / 2) };
  }
}
