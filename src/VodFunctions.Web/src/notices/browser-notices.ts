import { signal, type Signal } from '../dom/signal';

/** What the user has said about notices of the browser; `unsupported` where it has none. */
export type Permission = NotificationPermission | 'unsupported';

const current = signal<Permission>(read());

/** Read anew after each question. Browsers tell of no other change, so it is also read when the page is looked at again. */
export const permission: Signal<Permission> = current;

/** Asks the user. Only for a click: browsers punish a site that asks by itself. */
export async function askPermission(): Promise<void> {
  try {
    await Notification.requestPermission();
  } catch {
    // Not in this kind of frame or page: it stays as it is.
  }
  refreshPermission();
}

export function refreshPermission(): void {
  current.set(read());
}

function read(): Permission {
  // On Android only service workers have them, though pages have the class.
  const has = typeof Notification !== 'undefined' && !/Android/.test(navigator.userAgent);
  return has ? Notification.permission : 'unsupported';
}

/** Shows a notice of the browser, where the user wants it. A click on it calls `open`. */
export function showBrowserNotice(notice: { id: string; title: string; body: string }, open: () => void): void {
  if (read() !== 'granted') return;
  try {
    const shown = new Notification(notice.title, { body: notice.body, tag: notice.id, icon: '/icon.svg' });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open();
    };
  } catch (error) {
    // The toast is there all the same.
    console.warn('notice', error);
  }
}
