import type { Column, Filter } from './columns';

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Rows in which every word of the search is found, in any of their texts. */
export function searchRows<T>(rows: readonly T[], search: string, texts: (row: T) => readonly (string | null | undefined)[]): T[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const fields = texts(row).map((text) => text?.toLowerCase() ?? '');
    return words.every((word) => fields.some((field) => field.includes(word)));
  });
}

/** Rows that every filter which is set lets through. */
export const filterRows = <T>(rows: readonly T[], filters: readonly Filter<T>[], chosen: Readonly<Record<string, string>>): T[] =>
  rows.filter((row) => filters.every((filter) => {
    const value = chosen[filter.key] ?? '';
    return value === '' || filter.matches(row, value);
  }));

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return order.compare(`${a ?? ''}`, `${b ?? ''}`);
}

/** Rows sorted by a column; those without a value come last either way, and equal ones stay in their order. */
export function sortRows<T>(rows: readonly T[], column: Column<T> | undefined, descending: boolean): T[] {
  const by = column?.sort;
  if (!by) return [...rows];
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return descending ? compare(right, left) : compare(left, right);
  });
}

/** One page of rows; a page past the end is the last one. */
export function pageOf<T>(rows: readonly T[], page: number, size: number): { page: number; rows: T[] } {
  const last = Math.max(1, Math.ceil(rows.length / size));
  const shown = Math.min(Math.max(1, page), last);
  return { page: shown, rows: rows.slice((shown - 1) * size, shown * size) };
}

/** What an action touches: rows that are both left to see and selected, so nothing when nothing is selected. */
export const chosenRows = <T>(shown: readonly T[], selected: ReadonlySet<string>, keyOf: (row: T) => string): T[] =>
  shown.filter((row) => selected.has(keyOf(row)));
