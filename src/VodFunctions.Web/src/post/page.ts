import type { App, Page } from '../app/app';
import { h } from '../dom/element';
import { createComposer } from './composer';
import { text } from './texts';
import './post.css';

export function postPage(app: App): Page {
  const t = text(),
    user = app.signIn.user.value;
  const heading = h('h1', { 'data-testid': 'post-heading' }, t.title);
  if (user === null) {
    return {
      title: t.title,
      element: h(
        'section',
        { class: 'post' },
        heading,
        h(
          'div',
          { class: 'card post-signed-out' },
          h('p', {}, t.signedOut),
          h(
            'button',
            {
              type: 'button',
              class: 'primary',
              'data-testid': 'post-sign-in',
              onclick: () => void app.signIn.signIn(),
            },
            t.signIn,
          ),
        ),
      ),
    };
  }
  const composer = createComposer(app, user.id);
  return {
    title: t.title,
    element: h('section', { class: 'post' }, heading, composer.element),
    dispose: composer.dispose,
  };
}
