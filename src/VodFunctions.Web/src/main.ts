import { createApi } from './api/client';
import type { App } from './app/app';
import { createRouter } from './app/router';
import { createShell } from './app/shell';
import { startStage } from './app/stage';
import { applyTheme } from './app/theme';
import { loadConfig } from './config/config';
import { h } from './dom/element';
import { createNotices } from './notices/notices';
import { problemSentences } from './problems/sentences';
import { loadSignIn } from './sign-in/load';
import './styles/base.css';
import { createUploads } from './uploads/uploads';

applyTheme();

async function start(): Promise<void> {
  const config = await loadConfig();
  const signIn = await loadSignIn(config);
  const api = createApi(config.api, signIn);
  const router = createRouter();
  const notices = createNotices(api, signIn, router.go);
  const uploads = createUploads(api, signIn, notices);
  const app: App = { config, signIn, api, router, notices, uploads };
  const shell = createShell(app);
  document.body.append(shell.element, notices.element);
  startStage(app, shell.main);
}

start().catch((error: unknown) => {
  console.warn('start', error);
  document.body.append(
    h(
      'main',
      { class: 'message', role: 'alert', 'data-testid': 'start-failed' },
      h('h1', {}, problemSentences().network),
    ),
  );
});
