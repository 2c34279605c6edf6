import type { Api } from '../api/client';
import { ApiError } from '../api/errors';
import type { Notice, ProgressNotice } from '../api/types';
import type { Signal } from '../dom/signal';
import { backoffMs } from '../timing/backoff';
import { createPause } from '../timing/pause';
import { onWake } from '../timing/wakes';
import { createAcknowledging } from './acknowledging';
import { createConnection } from './connection';
import type { Inbox } from './inbox';
import { awaitsNotice, readMissed } from './missed';

/** The notices of one user, for as long as that user is signed in. */
export interface Session {
  readonly connected: Signal<boolean>;
  /** Connects: something is to come soon. */
  expect(): void;
  /** What pages of this tab follow has changed. */
  reconsider(): void;
  stop(): void;
}

export interface SessionEvents {
  /** Something came, here and perhaps in other tabs, for the first time or again. */
  arrived(notice: Notice): void;
  progressed(progress: ProgressNotice): void;
  /** Whether this page may show what comes now. What it may not show stays with the API until somebody looks. */
  mayShow(): boolean;
  /** This page is the one to show it, and never again. */
  show(notice: Notice): void;
  /** Whether a page of this tab follows a job. */
  isFollowing(): boolean;
}

/** While there is no connection: what a network without WebSockets lives on. */
const ASK_EVERY_MS = 30_000;
/** While there is one, whether it is still needed. */
const RECONSIDER_EVERY_MS = 10 * 60_000;
/** A page that somebody looks at is the better one to show a notice. */
const HIDDEN_WAITS_MS = 2000;
/** A page that is built anew, in another language, does not cost a connection. */
const LINGER_MS = 20_000;

export function startSession(api: Api, inbox: Inbox, user: string, events: SessionEvents): Session {
  const stopped = new AbortController(),
    { signal } = stopped;
  const acknowledging = createAcknowledging(api, inbox, user);
  const connection = createConnection(api, push);
  const pause = createPause();
  let isAwaited = false,
    isAtRest = false,
    expectedUntil = 0,
    failures = 0;

  const isAwaiting = () => isAwaited || Date.now() < expectedUntil || events.isFollowing();
  const decide = () => connection.want(!signal.aborted && isAwaiting());

  async function arrive(notice: Notice): Promise<void> {
    if (signal.aborted) return;
    events.arrived(notice);
    if (document.hidden) await pauseFor(HIDDEN_WAITS_MS);
    if (!events.mayShow() || signal.aborted) return;
    const isMine = await inbox.claim(user, notice);
    // Signed out in between: it is not for whoever sits there now.
    if (signal.aborted) return isMine ? inbox.release(user, notice.notificationId) : undefined;
    if (isMine) events.show(notice);
    acknowledging.add(notice);
  }

  function push(data: unknown): void {
    const { type } = (data ?? {}) as { type?: unknown };
    if (type === 'video.progress') events.progressed(data as ProgressNotice);
    // What is awaited may have come.
    else if (type === 'video.completed' || type === 'video.failed') {
      void arriveAll([data as Notice]).then(() => pause.wake());
    }
  }

  async function arriveAll(notices: readonly Notice[]): Promise<void> {
    for (const notice of notices) await arrive(notice).catch((error: unknown) => console.warn('notice', error));
  }

  /** Reads what was missed, at once and whenever something has changed, and decides whether a connection is worth it. */
  async function keepReading(): Promise<void> {
    while (!pause.ended) {
      try {
        // The oldest first, so that the newest toast stands last.
        await arriveAll((await readMissed(api, signal)).reverse());
        isAwaited = await awaitsNotice(api, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        // Who may not upload has nothing to wait for.
        if (error instanceof ApiError && error.status === 403) return stop();
        failures++;
      }
      decide();
      const wait = nextReadMs();
      isAtRest = wait === Infinity;
      await pause.wait(wait);
    }
  }

  // The return to the page ends every wait, also one that is for ever.
  function nextReadMs(): number {
    if (failures > 0) return backoffMs({ firstMs: 5000, mostMs: 5 * 60_000 }, failures, Math.random());
    if (!isAwaiting() || !events.mayShow()) return Infinity;
    return connection.connected.value ? RECONSIDER_EVERY_MS : ASK_EVERY_MS;
  }

  const stopWatching = connection.connected.watch(isConnected => {
    // What was pushed before is in the list; and without a connection the list is all there is.
    if (isConnected || isAwaiting()) pause.wake();
  });
  const stopWaking = onWake(() => {
    acknowledging.wake();
    pause.wake();
  });

  /** Something is to come. It may never have a connection, so the list is read from now on as well. */
  function begin(): void {
    decide();
    if (isAtRest) pause.wake();
  }

  function stop(): void {
    stopped.abort();
    stopWatching();
    stopWaking();
    pause.end();
    acknowledging.stop();
    connection.stop();
  }

  inbox
    .owed(user)
    .then(owed => owed.forEach(acknowledging.add))
    .catch((error: unknown) => console.warn('inbox', error));
  void keepReading();

  return {
    connected: connection.connected,
    expect() {
      expectedUntil = Date.now() + RECONSIDER_EVERY_MS;
      begin();
    },
    reconsider() {
      if (isAwaiting()) begin();
      else setTimeout(decide, LINGER_MS);
    },
    stop,
  };
}

function pauseFor(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
