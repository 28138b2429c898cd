import { Button, FormSelect, FormSelectOption, Pagination, SearchInput, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { ListIcon, ThLargeIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import type { Filter } from './columns';
import { isNarrowed, sizes, type TableState } from './tableState';

interface Props<T> {
  id: string; label: string; state: TableState; change: (part: Partial<TableState>) => void; filters: readonly Filter<T>[];
  /** What the search looks at; absent for a table without search. */
  searchHint?: string | undefined;
  count: number; page: number; children: ReactNode; hasCards: boolean; plain: boolean;
}

/** Search, filters, actions and pages above a table. */
export function TableToolbar<T>({ id, label, state, change, filters, searchHint, count, page, children, hasCards, plain }: Props<T>) {
  return (
    <Toolbar id={`${id}-toolbar`} data-testid={`${id}-toolbar`}>
      <ToolbarContent>
        {searchHint !== undefined && (
          <ToolbarItem>
            <SearchInput
              aria-label={`Search: ${searchHint}`} placeholder={searchHint} value={state.search} data-testid={`${id}-search`}
              onChange={(_, search) => change({ search })} onClear={() => change({ search: '' })}
            />
          </ToolbarItem>
        )}
        {filters.map((filter) => <ToolbarItem key={filter.key}><FilterSelect id={id} filter={filter} state={state} change={change} /></ToolbarItem>)}
        {isNarrowed(state) && (
          <ToolbarItem>
            <Button variant="link" isInline data-testid={`${id}-clear`} onClick={() => change({ search: '', filters: Object.fromEntries(filters.map(({ key }) => [key, ''])) })}>Clear filters</Button>
          </ToolbarItem>
        )}
        {children}
        {hasCards && <ToolbarItem><ViewToggle id={id} cards={state.cards} change={change} /></ToolbarItem>}
        {(!plain || count > sizes[0]) && <ToolbarItem variant="pagination" align={{ default: 'alignEnd' }}>
          {count <= sizes[0] && page === 1 ? <span className="mayfly-subtle" data-testid={`${id}-count`}>{count === 1 ? '1 row' : `${count} rows`}</span> : <Pagination
            isCompact titles={{ paginationAriaLabel: `Pages of ${label.toLowerCase()}` }} widgetId={`${id}-pages`} itemCount={count} page={page} perPage={state.size} perPageOptions={sizes.map((value) => ({ title: `${value}`, value }))}
            onSetPage={(_, next) => change({ page: next })} onPerPageSelect={(_, size) => change({ size })}
          />}
        </ToolbarItem>}
      </ToolbarContent>
    </Toolbar>
  );
}

interface FilterProps<T> { id: string; filter: Filter<T>; state: TableState; change: (part: Partial<TableState>) => void }

function FilterSelect<T>({ id, filter, state, change }: FilterProps<T>) {
  const value = state.filters[filter.key] ?? '';
  // What the address asks for may be among no choice now, and must be seen all the same.
  const choices = value === '' || filter.choices.some((choice) => choice.value === value) ? filter.choices : [...filter.choices, { value, label: value }];
  return (
    <FormSelect className="mayfly-filter" aria-label={filter.label} data-testid={`${id}-filter-${filter.key}`} value={value} onChange={(_, next) => change({ filters: { ...state.filters, [filter.key]: next } })}>
      <FormSelectOption value="" label={`${filter.label}: any`} />
      {choices.map((choice) => <FormSelectOption key={choice.value} value={choice.value} label={choice.label} />)}
    </FormSelect>
  );
}

function ViewToggle({ id, cards, change }: { id: string; cards: boolean; change: (part: Partial<TableState>) => void }) {
  return (
    <ToggleGroup aria-label="View" data-testid={`${id}-view`}>
      <ToggleGroupItem icon={<ListIcon />} aria-label="As a table" isSelected={!cards} onChange={() => change({ cards: false })} data-testid={`${id}-view-table`} />
      <ToggleGroupItem icon={<ThLargeIcon />} aria-label="As cards" isSelected={cards} onChange={() => change({ cards: true })} data-testid={`${id}-view-cards`} />
    </ToggleGroup>
  );
}
