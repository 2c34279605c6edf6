import { language } from './language';

/** `1.5 MB`: bytes in units of 1,000, as file managers and browsers show them. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes,
    unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(language.value, {
    style: 'unit',
    unit: units[unit]!,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** `1:02:03` or `2:03`: a duration or a place in a film. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600),
    minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `3 minutes ago`, `yesterday`; a date from a week on. */
export function formatAgo(date: Date, now: Date = new Date()): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' });
  const steps = [
    [60, 'second', 1],
    [3600, 'minute', 60],
    [86400, 'hour', 3600],
    [604800, 'day', 86400],
  ] as const;
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  return step
    ? relative.format(Math.trunc(seconds / step[2]), step[1])
    : new Intl.DateTimeFormat(language.value, { dateStyle: 'medium' }).format(date);
}
