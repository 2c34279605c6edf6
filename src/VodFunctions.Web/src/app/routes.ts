import type { PageFactory } from './app';

/** A path's pattern, where `:name` stands for one part, and the page that it shows, loaded when it is first visited. */
export interface Route {
  readonly pattern: string;
  load(): Promise<PageFactory>;
}

export const ROUTES: readonly Route[] = [
  { pattern: '/', load: async () => (await import('../feed/page')).feedPage },
  { pattern: '/post', load: async () => (await import('../post/page')).postPage },
  { pattern: '/mine', load: async () => (await import('../mine/page')).minePage },
  { pattern: '/videos/:videoId', load: async () => (await import('../player/page')).playerPage },
];

/** The route of a path and its parameters, or null. */
export function match(
  path: string,
  routes: readonly Route[] = ROUTES,
): { route: Route; parameters: Record<string, string> } | null {
  const parts = split(path);
  for (const route of routes) {
    const wanted = split(route.pattern);
    if (wanted.length !== parts.length) continue;
    const parameters: Record<string, string> = {};
    if (
      wanted.every((part, i) => (part.startsWith(':') ? (parameters[part.slice(1)] = parts[i]!) : part === parts[i]))
    ) {
      return { route, parameters };
    }
  }
  return null;
}

function split(path: string): string[] {
  return path.split('/').filter(part => part !== '');
}
