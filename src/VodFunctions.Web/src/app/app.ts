import type { Api } from '../api/client';
import type { Config } from '../config/config';
import type { Notices } from '../notices/notices';
import type { SignIn } from '../sign-in/sign-in';
import type { Uploads } from '../uploads/uploads';
import type { Router } from './router';

/** What the pages are given. It lives as long as the tab; pages come and go. */
export interface App {
  readonly config: Config;
  readonly signIn: SignIn;
  readonly api: Api;
  readonly router: Router;
  readonly notices: Notices;
  readonly uploads: Uploads;
}

/** One page, built for one visit. */
export interface Page {
  /** For the tab, before the site's name. */
  readonly title: string;
  readonly element: HTMLElement;
  /** Ends what the page has under way. */
  dispose?(): void;
}

/** Builds a page. It may show first and load afterwards. */
export type PageFactory = (app: App, parameters: Readonly<Record<string, string>>) => Page;
