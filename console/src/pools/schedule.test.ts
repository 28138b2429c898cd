import { describe, expect, it } from 'vitest';
import type { DayOfWeek, SpareSchedule } from '../api/types';
import { describeDays, describeLevel, firstSchedule, isComplete, toggled, weekdays, withChanged, withOneMore, without } from './schedule';

const schedule: SpareSchedule = {
  timeZone: 'Europe/Berlin',
  levels: [{ days: ['Monday'], from: '07:00:00', spare: 20 }, { days: ['Monday'], from: '19:00:00', spare: 2 }],
};

describe('describeDays', () => {
  it.each<[DayOfWeek[], string]>([
    [[...weekdays], 'daily'], [['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], 'Mon-Fri'], [['Saturday', 'Sunday'], 'Sat, Sun'],
    [['Monday', 'Wednesday', 'Thursday', 'Friday'], 'Mon, Wed-Fri'], [['Sunday'], 'Sun'],
  ])('%j is %s', (days, text) => {
    expect(describeDays(days)).toBe(text);
  });
});

describe('describeLevel', () => {
  it('tells days, time and number', () => {
    expect(describeLevel({ days: ['Saturday'], from: '08:30:00', spare: 3 })).toBe('Sat from 08:30: 3');
  });
});

describe('toggled', () => {
  it('adds in the order of the week, and removes', () => {
    expect(toggled(['Friday'], 'Monday')).toEqual(['Monday', 'Friday']);
    expect(toggled(['Monday', 'Friday'], 'Monday')).toEqual(['Friday']);
  });
});

describe('levels', () => {
  it('are added like the last one, changed and removed', () => {
    expect(withOneMore(schedule).levels[2]).toEqual(schedule.levels[1]);
    expect(withChanged(schedule, 1, { spare: 5 }).levels.map((level) => level.spare)).toEqual([20, 5]);
    expect(without(schedule, 0)?.levels).toEqual([schedule.levels[1]]);
  });

  it('leave no schedule behind when the last is removed', () => {
    expect(without({ ...schedule, levels: schedule.levels.slice(1) }, 0)).toBeNull();
  });
});

describe('isComplete', () => {
  it('wants days, a time, and no more than there may be', () => {
    expect(isComplete(firstSchedule(2), 10)).toBe(true);
    expect(isComplete(schedule, 19)).toBe(false);
    expect(isComplete(withChanged(schedule, 0, { days: [] }), 50)).toBe(false);
    expect(isComplete(withChanged(schedule, 0, { from: '' }), 50)).toBe(false);
  });
});
