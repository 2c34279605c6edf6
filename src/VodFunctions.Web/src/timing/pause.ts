/** A wait that can be cut short or given up. */
export interface Pause {
  /** Waits; a second call takes the place of the first. Resolves at once where the pause was ended. */
  wait(milliseconds: number): Promise<void>;
  /** Ends the wait that is under way, or else the next one. */
  wake(): void;
  /** Ends every wait, now and later. */
  end(): void;
  readonly ended: boolean;
}

/** For loops that do something now and then and, when something happens, at once. */
export function createPause(): Pause {
  let finish: (() => void) | null = null;
  let woken = false,
    ended = false;

  const wake = () => {
    if (finish) finish();
    else woken = true;
  };

  return {
    get ended() {
      return ended;
    },
    wait(milliseconds) {
      finish?.();
      if (ended || woken) {
        woken = false;
        return Promise.resolve();
      }
      return new Promise(resolve => {
        const timer = Number.isFinite(milliseconds) ? setTimeout(done, milliseconds) : undefined;
        function done(): void {
          clearTimeout(timer);
          finish = null;
          resolve();
        }
        finish = done;
      });
    },
    wake,
    end() {
      ended = true;
      finish?.();
    },
  };
}
