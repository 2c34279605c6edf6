import { arrive, isStale, type Shown } from './inbox-rules';

type Key = readonly [user: string, notificationId: string];

/** What this browser has shown of each user's notices, the same for all its tabs. */
export interface Inbox {
  /** Remembers that a notice is shown; true for the one page that shows it. */
  claim(user: string, notice: Pick<Shown, 'notificationId' | 'videoId'>): Promise<boolean>;
  /** Takes a claim back: it was not shown after all. */
  release(user: string, notificationId: string): Promise<void>;
  /** What was shown and is still to be acknowledged. */
  owed(user: string): Promise<Shown[]>;
  acknowledged(user: string, notificationId: string): Promise<void>;
}

/**
 * An inbox in IndexedDB: its transactions follow one another, whichever tab they come from. localStorage would not do,
 * what one tab writes there another reads late.
 */
export function createInbox(now: () => number = Date.now): Inbox {
  let opened: Promise<Store> | null = null;
  // Opened anew where the browser, or a later version of the page in another tab, has closed it.
  const store = () =>
    (opened ??= openStore(() => {
      opened = null;
    }));

  async function use<A>(work: (entries: Store) => Promise<A>): Promise<A> {
    try {
      return await work(await store());
    } catch (error) {
      console.warn('inbox', error);
      opened = null;
    }
    try {
      return await work(await store());
    } catch {
      // A disk that is full: a notice that is shown once more, later, is better than one that is never shown.
      opened = Promise.resolve(inMemory());
      return work(await opened);
    }
  }

  return {
    claim: (user, notice) =>
      use(entries =>
        entries.change([user, notice.notificationId], known => {
          const { show, record } = arrive(known, user, notice, now());
          return { next: record, answer: show };
        }),
      ),
    release: (user, notificationId) =>
      use(entries => entries.change([user, notificationId], () => ({ next: undefined, answer: undefined }))),
    owed: user =>
      use(async entries => {
        const all = await entries.list(user);
        for (const record of all.filter(each => isStale(each, now()))) {
          await entries.change([user, record.notificationId], () => ({ next: undefined, answer: null }));
        }
        return all.filter(record => !record.acknowledged);
      }),
    acknowledged: (user, notificationId) =>
      use(async entries => {
        await entries.change([user, notificationId], known => ({
          next: known && { ...known, acknowledged: true },
          answer: null,
        }));
      }),
  };
}

interface Store {
  /** Reads and writes one entry with nothing in between. */
  change<A>(key: Key, step: (known: Shown | undefined) => { next: Shown | undefined; answer: A }): Promise<A>;
  list(user: string): Promise<Shown[]>;
}

async function openStore(closed: () => void): Promise<Store> {
  try {
    return inDatabase(await open(closed));
  } catch (error) {
    // Some browsers have none in private windows. What is remembered then lasts as long as the page.
    console.warn('inbox', error);
    return inMemory();
  }
}

const STORE = 'shown';

function open(closed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('vod-notices', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: ['user', 'notificationId'] });
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = closed;
      database.onversionchange = () => {
        database.close();
        closed();
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('Another tab holds an older inbox.'));
  });
}

function inDatabase(database: IDBDatabase): Store {
  return {
    change(key, step) {
      return new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
        const entries = transaction.objectStore(STORE),
          read = entries.get([...key]);
        read.onsuccess = () => {
          const { next, answer } = step(read.result);
          if (next === undefined) entries.delete([...key]);
          else entries.put(next);
          // Only what is stored counts.
          transaction.oncomplete = () => resolve(answer);
        };
        transaction.onabort = () => reject(transaction.error);
      });
    },
    list(user) {
      return new Promise((resolve, reject) => {
        const range = IDBKeyRange.bound([user], [user, []]);
        const read = database.transaction(STORE).objectStore(STORE).getAll(range);
        read.onsuccess = () => resolve(read.result);
        read.onerror = () => reject(read.error);
      });
    },
  };
}

function inMemory(): Store {
  const entries = new Map<string, Shown>();
  const nameOf = (key: Key) => JSON.stringify(key);
  return {
    async change(key, step) {
      const { next, answer } = step(entries.get(nameOf(key)));
      if (next === undefined) entries.delete(nameOf(key));
      else entries.set(nameOf(key), next);
      return answer;
    },
    async list(user) {
      return [...entries.values()].filter(entry => entry.user === user);
    },
  };
}
