import type { Api } from '../api/client';
import type { SignIn } from '../sign-in/sign-in';

/** The uploads of this tab. They go on while pages come and go. */
export interface Uploads {}

export function createUploads(_api: Api, _signIn: SignIn): Uploads {
  return {};
}
