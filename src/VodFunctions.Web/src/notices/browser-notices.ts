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
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

/**
 * Shows a notice of the browser. A click on it calls `open`. False where the browser has none after all: some phones
 * want a service worker for it.
 */
export function showBrowserNotice(notice: { id: string; title: string; body: string }, open: () => void): boolean {
  if (read() !== 'granted') return false;
  try {
    const shown = new Notification(notice.title, { body: notice.body, tag: notice.id, icon: '/icon.svg' });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open();
    };
    return true;
  } catch {
    return false;
  }
}
