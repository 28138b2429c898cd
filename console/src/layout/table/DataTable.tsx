import { Gallery, ToolbarItem } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState, type ReactNode } from 'react';
import { ActionMenu, type ActionItem } from '../ActionMenu';
import { NoRows } from '../NoRows';
import type { Column, Filter } from './columns';
import { chosenRows, filterRows, pageOf, searchRows, sortRows } from './rows';
import { TableRows } from './TableRows';
import { TableToolbar } from './TableToolbar';
import { isNarrowed } from './tableState';
import { useTableState } from './useTableState';

/** Whether a row is selected, and how that is changed; null where nothing can be selected. */
export type RowSelection = { selected: boolean; onSelect: (on: boolean) => void } | null;

export interface DataTableProps<T> {
  /** Names the table in test ids. */
  id: string;
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  rowTestId?: (row: T) => string;
  /** What the search looks at, in words and as texts. */
  search?: { hint: string; texts: (row: T) => readonly (string | null | undefined)[] };
  filters?: readonly Filter<T>[];
  /** Tells two tables of one page apart in the address. */
  prefix?: string;
  /** What can be done to the rows that are selected; rows can not be selected without it. */
  bulk?: ((chosen: readonly T[], clear: () => void) => readonly ActionItem[]) | undefined;
  rowActions?: ((row: T) => readonly IAction[]) | undefined;
  /** Leaves out search, filters and pages, where there are a few rows only. */
  plain?: boolean;
  /** More for the toolbar. */
  actions?: ReactNode;
  empty: { title: string; text?: ReactNode };
  card?: (row: T, selection: RowSelection) => ReactNode;
}

/** A table with search, filters, sorting, selection and pages. What is not both left to see and selected is never touched. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { id, rows, columns, rowKey, prefix = '', bulk, actions, empty, card, plain = false } = props;
  const [search, filters] = plain ? [undefined, []] : [props.search, props.filters ?? []];
  const [state, change] = useTableState(prefix, filters.map(({ key }) => key));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const searched = search ? searchRows(rows, state.search, search.texts) : rows;
  const shown = sortRows(filterRows(searched, filters, state.filters), columns.find(({ key }) => key === state.sort), state.descending);
  const { page, rows: visible } = pageOf(shown, state.page, state.size);
  const select = (touched: readonly T[], on: boolean) => {
    const keys = touched.map(rowKey);
    setSelected(new Set(on ? [...selected, ...keys] : [...selected].filter((key) => !keys.includes(key))));
  };
  const selectionOf = (row: T): RowSelection => bulk ? { selected: selected.has(rowKey(row)), onSelect: (on) => select([row], on) } : null;
  return (
    <>
      {(!plain || bulk || actions) && <TableToolbar id={id} label={props.label} state={state} change={change} filters={filters} searchHint={search?.hint} count={shown.length} page={page} hasCards={card !== undefined} plain={plain}>
        {bulk && <ToolbarItem><BulkMenu id={id} chosen={chosenRows(shown, selected, rowKey)} bulk={bulk} clear={() => setSelected(new Set())} /></ToolbarItem>}
        {actions}
      </TableToolbar>}
      {shown.length === 0 && <NoRows title={isNarrowed(state) ? 'Nothing matches' : empty.title}>{isNarrowed(state) ? 'Search for something else, or clear the filters.' : empty.text}</NoRows>}
      {shown.length > 0 && card && state.cards && <Gallery hasGutter minWidths={{ default: '16rem' }} aria-label={props.label}>{visible.map((row) => <div key={rowKey(row)}>{card(row, selectionOf(row))}</div>)}</Gallery>}
      {shown.length > 0 && !(card && state.cards) && (
        <TableRows
          {...props} rows={visible} sort={state.sort} descending={state.descending} onSort={(sort, descending) => change({ sort, descending })}
          selectionOf={selectionOf} onSelectAll={bulk ? (on) => select(visible, on) : null}
        />
      )}
    </>
  );
}

interface BulkProps<T> { id: string; chosen: readonly T[]; bulk: NonNullable<DataTableProps<T>['bulk']>; clear: () => void }

function BulkMenu<T>({ id, chosen, bulk, clear }: BulkProps<T>) {
  const none = chosen.length === 0;
  return <ActionMenu label={none ? 'With selected' : `With ${chosen.length} selected`} items={bulk(chosen, clear)} testId={`${id}-bulk`} disabled={none} />;
}
