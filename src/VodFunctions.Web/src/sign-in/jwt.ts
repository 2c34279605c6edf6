/** When a token ends, in milliseconds since 1970, as its `exp` says; 0 where it says nothing. Nothing is verified. */
export const expiresAt = (token: string) => timeOf(token, 'exp');

/** When a token was made, in milliseconds since 1970, as its `iat` says; 0 where it says nothing. Nothing is verified. */
export const issuedAt = (token: string) => timeOf(token, 'iat');

function timeOf(token: string, claim: 'exp' | 'iat'): number {
  try {
    const payload = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const seconds = (JSON.parse(atob(payload)) as Record<string, unknown>)[claim];
    return typeof seconds === 'number' ? seconds * 1000 : 0;
  } catch {
    return 0;
  }
}
