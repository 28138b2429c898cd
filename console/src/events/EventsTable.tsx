import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { EventView } from '../api/types';
import { formatSince } from '../layout/format';
import { StateLabel } from '../layout/StateLabel';

/** A few events at a glance. */
export function EventsTable({ events, label = 'Events' }: { events: readonly EventView[]; label?: string }) {
  const now = new Date();
  return (
    <Table variant="compact" borders={false} aria-label={label} data-testid="events-glance">
      <Thead><Tr><Th modifier="nowrap">Time</Th><Th modifier="nowrap">Level</Th><Th modifier="nowrap">What happened</Th></Tr></Thead>
      <Tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td dataLabel="Time" modifier="nowrap">{formatSince(event.at, now)}</Td>
            <Td dataLabel="Level"><StateLabel state={event.level} /></Td>
            <Td dataLabel="What happened" modifier="breakWord">{event.message}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
