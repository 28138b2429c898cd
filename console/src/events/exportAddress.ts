import { queryOf } from '../api/fetchAll';
import { apiBase } from '../api/http';

/** Days as a date input gives them, in local time. */
export interface DayRange { from: string; to: string }

const dayOf = (at: Date): string => `${at.getFullYear()}-${`${at.getMonth() + 1}`.padStart(2, '0')}-${`${at.getDate()}`.padStart(2, '0')}`;

/** The last seven days. */
export function firstRange(now: Date): DayRange {
  const first = new Date(now);
  first.setDate(first.getDate() - 6);
  return { from: dayOf(first), to: dayOf(now) };
}

/** Where the events of whole days are, or null when the days make no sense. */
export function exportAddress({ from, to }: DayRange): string | null {
  const begin = new Date(`${from}T00:00:00`);
  const end = new Date(`${to}T00:00:00`);
  if (Number.isNaN(begin.getTime()) || Number.isNaN(end.getTime()) || begin > end) return null;
  end.setDate(end.getDate() + 1);
  return `${apiBase}/events/export${queryOf({ from: begin.toISOString(), to: end.toISOString() })}`;
}
