import type { ReactNode } from 'react';

/** One column of a table. */
export interface Column<T> {
  /** Names it in the address. */
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** What rows are sorted by; a column without it can not be sorted. Null comes last. */
  sort?: (row: T) => string | number | null;
  number?: boolean;
  wrap?: boolean;
}

/** A choice that leaves some rows to see. */
export interface Filter<T> {
  /** Names it in the address. */
  key: string;
  /** What is chosen: "State". */
  label: string;
  choices: readonly { value: string; label: string }[];
  matches: (row: T, value: string) => boolean;
}

/** The different values of a field, as choices in their order. */
export function choicesOf<T>(rows: readonly T[], field: (row: T) => string | null, text: (value: string) => string = (value) => value): { value: string; label: string }[] {
  const values = new Set(rows.map(field).filter((value) => value !== null && value !== ''));
  return [...values].map((value) => ({ value: value ?? '', label: text(value ?? '') })).sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}
