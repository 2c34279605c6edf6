import { memory } from '../dom/memory';
import type { Config } from '../config/config';
import { signal } from '../dom/signal';
import { expiresAt } from './jwt';
import type { SignIn, User } from './sign-in';

const KEY = 'vod.user';

/**
 * The one-machine host's sign-in: whoever gives a name is that user, an uploader. The host gives such tokens to callers
 * on its own machine only.
 */
export async function developmentSignIn(config: Config): Promise<SignIn> {
  const user = signal<User | null>(named(memory.read(KEY)));
  let held: { user: string; token: string; expiresAt: number } | null = null;

  // Another tab may sign in or out.
  addEventListener('storage', event => {
    if (event.key === KEY) user.set(named(event.newValue));
  });

  return {
    user,
    async token() {
      const id = user.value?.id;
      if (!id) return null;
      if (held?.user !== id || held.expiresAt - Date.now() < 60_000) {
        const token = await request(config, id);
        held = { user: id, token, expiresAt: expiresAt(token) };
      }
      return held.token;
    },
    async signIn() {
      const { askName } = await import('./name-dialog');
      const name = await askName();
      if (name === null) return;
      memory.write(KEY, name);
      user.set(named(name));
    },
    async signOut() {
      memory.remove(KEY);
      held = null;
      user.set(null);
    },
  };
}

function named(name: string | null): User | null {
  return name ? { id: name, name } : null;
}

async function request(config: Config, user: string): Promise<string> {
  const response = await fetch(`${config.api}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, roles: ['uploader'] }),
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new Error(`No development token: ${response.status}.`);
  return ((await response.json()) as { token: string }).token;
}
