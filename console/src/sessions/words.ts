import type { SessionView } from '../api/types';
import { formatMilliseconds } from '../layout/format';

export const stateOf = ({ connected, endedAt }: SessionView): 'Connected' | 'Disconnected' | 'Ended' =>
  endedAt !== null ? 'Ended' : connected ? 'Connected' : 'Disconnected';

/** How long it has lasted, to its end or to now. */
export const lastedMs = ({ startedAt, endedAt }: SessionView, now: Date): number =>
  Math.max(0, (endedAt === null ? now.getTime() : Date.parse(endedAt)) - Date.parse(startedAt));

/** 3 s, 12 min, 4 h 5 min, 2 d 3 h. */
export function describeSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return `${Math.floor(milliseconds / 1_000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** What the logon took from the click to the first picture, or null while that is not known. */
export const logonMs = ({ timeline }: SessionView): number | null =>
  timeline.length === 0 ? null : 1_000 * timeline.reduce((sum, { seconds }) => sum + seconds, 0);

export const describeLogon = (session: SessionView): string => {
  const took = logonMs(session);
  return took === null ? '' : formatMilliseconds(took);
};

const ends: Record<string, string> = { 'log-off': 'log-off', 'disconnected-too-long': 'disconnected too long' };

export const describeEnd = (by: string | null): string => by === null ? '' : ends[by] ?? by.replaceAll('-', ' ');
