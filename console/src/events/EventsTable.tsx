import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { EventView } from '../api/types';
import { formatDateTime, formatSince } from '../layout/format';
import { StateLabel } from '../layout/StateLabel';

/** `brief` leaves out what a glance does not need. */
export function EventsTable({ events, brief = false }: { events: EventView[]; brief?: boolean }) {
  const now = new Date();
  return (
    <Table variant="compact" aria-label="Events" data-testid="events-table">
      <Thead>
        <Tr><Th modifier="nowrap">Time</Th><Th modifier="nowrap">Level</Th>{!brief && <Th modifier="nowrap">Kind</Th>}<Th modifier="nowrap">What happened</Th>{!brief && <><Th modifier="nowrap">By</Th><Th modifier="nowrap">Pool</Th><Th modifier="nowrap">Machine</Th></>}</Tr>
      </Thead>
      <Tbody>
        {events.map((event) => (
          <Tr key={event.id} data-testid={`event-${event.id}`}>
            <Td dataLabel="Time" modifier="nowrap">{brief ? formatSince(event.at, now) : formatDateTime(event.at)}</Td>
            <Td dataLabel="Level"><StateLabel state={event.level} /></Td>
            {!brief && <Td dataLabel="Kind"><code>{event.kind}</code></Td>}
            <Td dataLabel="What happened" modifier="breakWord">{event.message}</Td>
            {!brief && <><Td dataLabel="By" modifier="nowrap">{event.actor ?? 'Mayfly'}</Td><Td dataLabel="Pool" modifier="nowrap">{event.pool}</Td><Td dataLabel="Machine" modifier="nowrap">{event.machine}</Td></>}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
