import { h } from '../dom/element';
import { messages } from '../i18n/messages';
import './name-dialog.css';

const text = messages({
  en: {
    title: 'Sign in',
    name: 'Your name',
    hint: 'On this machine any name will do.',
    cancel: 'Cancel',
    go: 'Sign in',
  },
  ko: {
    title: '로그인',
    name: '이름',
    hint: '이 컴퓨터에서는 아무 이름이나 쓸 수 있습니다.',
    cancel: '취소',
    go: '로그인',
  },
});

/** Asks for a name. Null where the user gave up. */
export function askName(): Promise<string | null> {
  const t = text();
  const input = h('input', {
    id: 'sign-in-name',
    name: 'name',
    autocomplete: 'username',
    required: true,
    maxlength: 255,
    'data-testid': 'sign-in-name',
  });
  const dialog = h(
    'dialog',
    { class: 'name-dialog', 'aria-labelledby': 'sign-in-title', 'data-testid': 'sign-in-dialog' },
    h(
      'form',
      {
        method: 'dialog',
        onsubmit: (event: Event) => {
          if (input.value.trim() === '') event.preventDefault();
        },
      },
      h('h2', { id: 'sign-in-title' }, t.title),
      h('label', { for: 'sign-in-name' }, t.name),
      input,
      h('p', { class: 'hint' }, t.hint),
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', onclick: () => dialog.close(), 'data-testid': 'sign-in-cancel' }, t.cancel),
        h('button', { type: 'submit', value: 'go', class: 'primary', 'data-testid': 'sign-in-go' }, t.go),
      ),
    ),
  );

  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'go' ? input.value.trim() : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
