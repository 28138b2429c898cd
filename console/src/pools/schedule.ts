import type { DayOfWeek, SpareLevel, SpareSchedule } from '../api/types';

export const weekdays: readonly DayOfWeek[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const workdays = weekdays.slice(0, 5);
const short = (day: DayOfWeek | undefined): string => day?.slice(0, 3) ?? '';

/** The browser's own time zone: most likely the one its user thinks in. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** More by day and fewer by night: a start that is easily changed. */
export const firstSchedule = (spare: number): SpareSchedule => ({
  timeZone: ownTimeZone(),
  levels: [{ days: [...workdays], from: '07:00:00', spare }, { days: [...workdays], from: '19:00:00', spare: 0 }],
});

/** A level like the last one, to be changed. */
export function withOneMore(schedule: SpareSchedule): SpareSchedule {
  const last = schedule.levels.at(-1) ?? { days: [...workdays], from: '07:00:00', spare: 1 };
  return { ...schedule, levels: [...schedule.levels, last] };
}

export const withChanged = (schedule: SpareSchedule, index: number, part: Partial<SpareLevel>): SpareSchedule =>
  ({ ...schedule, levels: schedule.levels.map((level, at) => at === index ? { ...level, ...part } : level) });

/** Without its last level there is no schedule. */
export function without(schedule: SpareSchedule, index: number): SpareSchedule | null {
  const levels = schedule.levels.filter((_, at) => at !== index);
  return levels.length === 0 ? null : { ...schedule, levels };
}

/** Adds or removes a day; days stay in the order of the week. */
export const toggled = (days: readonly DayOfWeek[], day: DayOfWeek): DayOfWeek[] =>
  weekdays.filter((known) => (known === day) !== days.includes(known));

export const isComplete = ({ levels }: SpareSchedule, maximum: number): boolean =>
  levels.every((level) => level.days.length > 0 && /^\d\d:\d\d/.test(level.from) && level.spare <= maximum);

/** Mon-Fri, Sat, or daily; three and more days in a row become a range. */
export function describeDays(days: readonly DayOfWeek[]): string {
  if (days.length === weekdays.length) return 'daily';
  const runs: DayOfWeek[][] = [];
  for (const [index, day] of weekdays.entries()) {
    if (!days.includes(day)) continue;
    const run = runs.at(-1);
    if (run && run.at(-1) === weekdays[index - 1]) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => run.length > 2 ? `${short(run[0])}-${short(run.at(-1))}` : run.map(short).join(', ')).join(', ');
}

export const describeLevel = (level: SpareLevel): string => `${describeDays(level.days)} from ${level.from.slice(0, 5)}: ${level.spare}`;
