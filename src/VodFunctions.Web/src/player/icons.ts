/** Shapes of 24 x 24 units. */
export const ICONS = {
  play: 'M7 4.5v15l12.5-7.5z',
  pause: 'M6 5h4.5v14H6zM13.5 5H18v14h-4.5z',
  replay: 'M12 5V1L6.5 6.5 12 12V8a5 5 0 1 1-5 5H4a8 8 0 1 0 8-8z',
  sound: 'M3 9v6h4l5 5V4L7 9zM15 8.2v7.6a4 4 0 0 0 0-7.6zM15 3.5v2.2a6.5 6.5 0 0 1 0 12.6v2.2a8.7 8.7 0 0 0 0-17z',
  muted:
    'M3 9v6h4l5 5V4L7 9zM21.5 9.9 20.1 8.5 18 10.6 15.9 8.5 14.5 9.9 16.6 12 14.5 14.1l1.4 1.4L18 13.4l2.1 2.1 1.4-1.4L19.4 12z',
  settings:
    'M19.4 13a7.6 7.6 0 0 0 0-2l2.1-1.6-2-3.5-2.5 1a7.5 7.5 0 0 0-1.7-1L14.9 3H9.1l-.4 2.9a7.5 7.5 0 0 0-1.7 1l-2.5-1-2 3.5L4.6 11' +
    'a7.6 7.6 0 0 0 0 2l-2.1 1.6 2 3.5 2.5-1a7.5 7.5 0 0 0 1.7 1l.4 2.9h5.8l.4-2.9a7.5 7.5 0 0 0 1.7-1l2.5 1 2-3.5zM12 15.5a3.5 3.5 0 1 1 0-7 ' +
    '3.5 3.5 0 0 1 0 7z',
  pip: 'M3 4h18v16H3zM5 6v12h14V6zM11 11h7v6h-7z',
  fullscreen: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
  leaveFullscreen: 'M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z',
} as const;

export type IconName = keyof typeof ICONS;
