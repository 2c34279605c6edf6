import type { Config } from '../config/config';
import { signal } from '../dom/signal';
import type { SignIn, SignInFactory } from './sign-in';

/** The sign-in that the configuration names. */
export async function loadSignIn(config: Config): Promise<SignIn> {
  if (config.signIn.kind === 'development') {
    const { developmentSignIn } = await import('./development');
    return developmentSignIn(config);
  }
  if (config.signIn.kind === 'oidc') {
    const { oidcSignIn } = await import('./oidc/oidc');
    return oidcSignIn(config.signIn);
  }
  const module = (await import(/* @vite-ignore */ config.signIn.url)) as { default: SignInFactory };
  return module.default({ config, signal });
}
