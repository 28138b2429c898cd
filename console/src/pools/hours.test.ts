import { describe, expect, it } from 'vitest';
import type { OpeningHours } from '../api/types';
import { areHoursComplete, describeHours, firstHours, withChangedPeriod, withOneMorePeriod, withoutPeriod } from './hours';

const hours: OpeningHours = { timeZone: 'Europe/Berlin', periods: [{ days: ['Monday', 'Tuesday', 'Wednesday'], from: '07:00:00', until: '20:00:00' }, { days: ['Friday'], from: '22:00:00', until: '06:00:00' }] };

describe('describeHours', () => {
  it('tells days and times, and the end on the next day', () => {
    expect(describeHours(hours)).toBe('Mon-Wed 07:00 to 20:00; Fri 22:00 to 06:00 of the next day (Europe/Berlin)');
    expect(describeHours(null)).toBe('always');
  });
});

describe('areHoursComplete', () => {
  it('wants days and both times', () => {
    expect(areHoursComplete(firstHours())).toBe(true);
    expect(areHoursComplete(withChangedPeriod(hours, 0, { days: [] }))).toBe(false);
    expect(areHoursComplete(withChangedPeriod(hours, 1, { until: '' }))).toBe(false);
  });
});

describe('periods', () => {
  it('are added like the last one and removed', () => {
    expect(withOneMorePeriod(hours).periods[2]).toEqual(hours.periods[1]);
    expect(withoutPeriod(hours, 0)?.periods).toEqual([hours.periods[1]]);
  });

  it('leave no hours behind when the last is removed', () => {
    expect(withoutPeriod({ ...hours, periods: hours.periods.slice(1) }, 0)).toBeNull();
  });
});
