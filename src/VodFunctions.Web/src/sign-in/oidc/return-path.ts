/** Where an issuer sends the browser back to, after a sign-in and after a sign-out: the one address that it has to know. */
export const RETURN_PATH = '/sign-in';

const OWN = 'https://own.invalid';

/**
 * A path of this site to go back to, whatever was stored: `/` for an address of another origin, for what a browser would
 * read as one (`//host`, `/\host`, with a tab in between), and for the return address itself.
 */
export function safePath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/') || !URL.canParse(value, OWN)) return '/';
  const { origin, pathname } = new URL(value, OWN);
  // "/.//host" is a path here, and would be a host when it is read again.
  return origin === OWN && !pathname.startsWith('//') && pathname !== RETURN_PATH ? pathname : '/';
}
