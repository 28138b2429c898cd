import { describe, expect, it } from 'vitest';
import { choicesOf, type Column, type Filter } from './columns';
import { chosenRows, filterRows, pageOf, searchRows, sortRows } from './rows';

interface Row { name: string; pool: string | null; size: number | null }

const row = (name: string, pool: string | null = null, size: number | null = null): Row => ({ name, pool, size });
const rows = [row('a-10', 'x', 3), row('a-2', 'y', null), row('b-1', 'x', 1)];
const names = (list: readonly Row[]): string[] => list.map(({ name }) => name);
const texts = ({ name, pool }: Row) => [name, pool];

describe('searchRows', () => {
  it('wants every word, in any text', () => {
    expect(names(searchRows(rows, ' A- ', texts))).toEqual(['a-10', 'a-2']);
    expect(names(searchRows(rows, 'a- x', texts))).toEqual(['a-10']);
    expect(searchRows(rows, '  ', texts)).toHaveLength(3);
  });
});

describe('filterRows', () => {
  const filters: Filter<Row>[] = [{ key: 'pool', label: 'Pool', choices: [], matches: ({ pool }, value) => pool === value }];

  it('lets all through while nothing is chosen', () => {
    expect(filterRows(rows, filters, {})).toHaveLength(3);
    expect(names(filterRows(rows, filters, { pool: 'x' }))).toEqual(['a-10', 'b-1']);
  });
});

describe('sortRows', () => {
  const by = (sort: Column<Row>['sort']): Column<Row> => ({ key: 'k', title: 'K', cell: () => null, ...(sort ? { sort } : {}) });

  it('counts the numbers in names', () => {
    expect(names(sortRows(rows, by(({ name }) => name), false))).toEqual(['a-2', 'a-10', 'b-1']);
  });

  it('puts what has no value last, up and down', () => {
    expect(names(sortRows(rows, by(({ size }) => size), false))).toEqual(['b-1', 'a-10', 'a-2']);
    expect(names(sortRows(rows, by(({ size }) => size), true))).toEqual(['a-10', 'b-1', 'a-2']);
  });

  it('leaves the order of a column that is not sorted by', () => {
    expect(names(sortRows(rows, by(undefined), true))).toEqual(names(rows));
    expect(names(sortRows(rows, undefined, true))).toEqual(names(rows));
  });
});

describe('pageOf', () => {
  it('takes the last page for one past the end', () => {
    expect(pageOf(rows, 1, 2)).toMatchObject({ page: 1, rows: rows.slice(0, 2) });
    expect(pageOf(rows, 9, 2)).toMatchObject({ page: 2, rows: rows.slice(2) });
    expect(pageOf([], 3, 2)).toEqual({ page: 1, rows: [] });
  });
});

describe('chosenRows', () => {
  const keyOf = ({ name }: Row) => name;

  it('is nothing when nothing is selected', () => {
    expect(chosenRows(rows, new Set(), keyOf)).toEqual([]);
  });

  it('leaves out what is selected but not shown', () => {
    expect(names(chosenRows(searchRows(rows, 'a-', texts), new Set(['a-2', 'b-1', 'gone']), keyOf))).toEqual(['a-2']);
  });
});

describe('choicesOf', () => {
  it('is each value once, in order', () => {
    expect(choicesOf(rows, ({ pool }) => pool).map(({ value }) => value)).toEqual(['x', 'y']);
    expect(choicesOf([row('a')], ({ pool }) => pool)).toEqual([]);
  });
});
