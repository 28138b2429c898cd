import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import type { EventView } from '../api/types';
import { Loaded } from '../layout/Loaded';
import { choicesOf, type Filter } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useTableState } from '../layout/table/useTableState';
import { ChangeDialog } from './ChangeDialog';
import { eventColumns } from './eventColumns';
import { useEvents, type EventFilter } from './events';

interface Props { pool?: string; prefix?: string }

const keys = ['level', 'kind', 'user', 'pool', 'machine'] as const;

/** Events with filters, which the server applies too, so that old ones are found. */
export function EventList({ pool, prefix = '' }: Props) {
  const [state] = useTableState(prefix, keys);
  const [changed, setChanged] = useState<EventView | null>(null);
  const asked: EventFilter = { ...state.filters, search: state.search.trim(), ...(pool === undefined ? {} : { pool }) };
  const events = useEvents(asked);
  const drop = pool === undefined ? [] : ['pool'];
  return (
    <>
      <Loaded query={events} label="events">
        {({ pages }) => {
          // A server that does not filter by pool must not show others' here.
          const rows = pages.flatMap(({ items }) => items).filter((event) => pool === undefined || event.pool === pool);
          return (
            <DataTable
              id="events" label="Events" rows={rows} prefix={prefix} columns={eventColumns(setChanged).filter(({ key }) => !drop.includes(key))} filters={filtersOf(rows).filter(({ key }) => !drop.includes(key))}
              rowKey={({ id }) => `${id}`} rowTestId={({ id }) => `event-${id}`} search={{ hint: 'What happened', texts: ({ message, kind, actor, user, pool: of, machine }) => [message, kind, actor, user, of, machine] }}
              empty={{ title: 'Nothing has happened yet' }}
            />
          );
        }}
      </Loaded>
      {events.hasNextPage && <Button variant="link" data-testid="events-older" isLoading={events.isFetchingNextPage} isDisabled={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>Load older events</Button>}
      {changed && <ChangeDialog event={changed} onClose={() => setChanged(null)} />}
    </>
  );
}

const levels = [{ value: 'info', label: 'Info' }, { value: 'warning', label: 'Warnings' }, { value: 'error', label: 'Errors' }];

const filtersOf = (events: readonly EventView[]): Filter<EventView>[] => [
  { key: 'level', label: 'Level', choices: levels, matches: ({ level }, value) => level === value },
  { key: 'kind', label: 'Kind', choices: choicesOf(events, ({ kind }) => kind), matches: ({ kind }, value) => kind === value },
  { key: 'user', label: 'User', choices: choicesOf(events, ({ user, actor }) => user ?? actor), matches: ({ user, actor }, value) => user === value || actor === value },
  { key: 'pool', label: 'Pool', choices: choicesOf(events, ({ pool }) => pool), matches: ({ pool }, value) => pool === value },
  { key: 'machine', label: 'Machine', choices: choicesOf(events, ({ machine }) => machine), matches: ({ machine }, value) => machine === value },
];
