import { language } from '../i18n/language';

export const SPEEDS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** The next speed in a direction; the same at the end. */
export function nextSpeed(now: number, direction: 1 | -1): number {
  const next = direction === 1 ? SPEEDS.find(speed => speed > now) : SPEEDS.findLast(speed => speed < now);
  return next ?? now;
}

/** `1.25×` */
export function formatSpeed(speed: number): string {
  return `${new Intl.NumberFormat(language.value).format(speed)}×`;
}
