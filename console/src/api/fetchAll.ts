import { call } from './http';
import type { Page } from './types';

const mostParts = 100;

/** Reads a list to its end, whether the server gives it whole or in parts. */
export async function fetchAll<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  let after: string | null = null;
  for (let part = 0; part < mostParts; part += 1) {
    const answer: T[] | Page<T> = await call<T[] | Page<T>>('GET', after === null ? path : withAfter(path, after), { signal });
    if (Array.isArray(answer)) return answer;
    rows.push(...answer.items);
    // A part that leads to itself would never end.
    if (answer.next === null || answer.next === after) return rows;
    after = answer.next;
  }
  return rows;
}

const withAfter = (path: string, after: string): string => `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;

/** A query string of what is set, with its question mark, or nothing. */
export function queryOf(values: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== '') query.set(key, `${value}`);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
