import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { EventLevel } from '../api/types';
import { ListPage } from '../layout/ListPage';
import { NoRows } from '../layout/NoRows';
import { useEvents } from './events';
import { EventsTable } from './EventsTable';

type Filter = 'all' | EventLevel;

const filters: [Filter, string][] = [['all', 'All'], ['info', 'Info'], ['warning', 'Warnings'], ['error', 'Errors']];

export default function EventsPage() {
  const events = useEvents();
  const [filter, setFilter] = useState<Filter>('all');
  const rows = (events.data ?? []).filter((event) => filter === 'all' || event.level === filter);
  const levels = (
    <ToggleGroup aria-label="Level">
      {filters.map(([value, text]) => (
        <ToggleGroupItem key={value} text={text} isSelected={filter === value} onChange={() => setFilter(value)} data-testid={`events-filter-${value}`} />
      ))}
    </ToggleGroup>
  );
  return (
    <ListPage title="Events" lead="What happened in this house, newest first." actions={levels} loading={events.isPending} error={events.error}>
      {rows.length === 0 ? <NoRows title={filter === 'all' ? 'Nothing has happened yet' : 'No events of this level'} /> : <EventsTable events={rows} />}
    </ListPage>
  );
}
