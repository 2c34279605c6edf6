import type { App, Page } from '../app/app';
import { fill, h } from '../dom/element';
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
  const composer = createComposer(app, user.id, () =>
    fill(element, heading, h('p', { class: 'card', role: 'alert', 'data-testid': 'post-not-uploader' }, t.notUploader)),
  );
  const element = h('section', { class: 'post' }, heading, composer.element);
  return { title: t.title, element, dispose: composer.dispose };
}
