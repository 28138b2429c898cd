import type { OpeningHours, OpenPeriod } from '../api/types';
import { describeDays, ownTimeZone, weekdays } from './schedule';

/** Working days: a start that is easily changed. */
export const firstHours = (): OpeningHours => ({ timeZone: ownTimeZone(), periods: [{ days: weekdays.slice(0, 5), from: '07:00:00', until: '20:00:00' }] });

export const withChangedPeriod = (hours: OpeningHours, index: number, part: Partial<OpenPeriod>): OpeningHours =>
  ({ ...hours, periods: hours.periods.map((period, at) => at === index ? { ...period, ...part } : period) });

export function withOneMorePeriod(hours: OpeningHours): OpeningHours {
  const last = hours.periods.at(-1);
  return last ? { ...hours, periods: [...hours.periods, last] } : firstHours();
}

/** Without its last period a pool is open always. */
export function withoutPeriod(hours: OpeningHours, index: number): OpeningHours | null {
  const periods = hours.periods.filter((_, at) => at !== index);
  return periods.length === 0 ? null : { ...hours, periods };
}

export const areHoursComplete = ({ periods }: OpeningHours): boolean =>
  periods.every(({ days, from, until }) => days.length > 0 && /^\d\d:\d\d/.test(from) && /^\d\d:\d\d/.test(until));

const describePeriod = ({ days, from, until }: OpenPeriod): string =>
  `${describeDays(days)} ${from.slice(0, 5)} to ${until.slice(0, 5)}${until <= from ? ' of the next day' : ''}`;

export const describeHours = (hours: OpeningHours | null): string =>
  hours === null ? 'always' : `${hours.periods.map(describePeriod).join('; ')} (${hours.timeZone})`;
