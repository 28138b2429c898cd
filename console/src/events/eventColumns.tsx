import { Button } from '@patternfly/react-core';
import type { EventView } from '../api/types';
import { formatDateTime } from '../layout/format';
import { StateLabel } from '../layout/StateLabel';
import type { Column } from '../layout/table/columns';

const isPresent = (value: unknown): boolean => value !== null && value !== undefined;

const severities = ['error', 'warning', 'info'];

export const eventColumns = (onChange: (event: EventView) => void): Column<EventView>[] => [
  { key: 'time', title: 'Time', sort: ({ id }) => id, cell: ({ at }) => <time dateTime={at}>{formatDateTime(at)}</time> },
  { key: 'level', title: 'Level', sort: ({ level }) => severities.indexOf(level), cell: ({ level }) => <StateLabel state={level} /> },
  { key: 'kind', title: 'Kind', sort: ({ kind }) => kind, cell: ({ kind }) => <code>{kind}</code> },
  {
    key: 'message', title: 'What happened', wrap: true,
    cell: (event) => (
      <>
        {event.message}
        {(isPresent(event.before) || isPresent(event.after)) && <> <Button variant="link" isInline data-testid={`event-change-${event.id}`} aria-label={`Show what changed in event ${event.id}`} onClick={() => onChange(event)}>Show what changed</Button></>}
      </>
    ),
  },
  { key: 'actor', title: 'By', sort: ({ actor }) => actor, cell: ({ actor }) => actor ?? 'Mayfly' },
  { key: 'user', title: 'User', sort: ({ user }) => user, cell: ({ user }) => user },
  { key: 'pool', title: 'Pool', sort: ({ pool }) => pool, cell: ({ pool }) => pool },
  { key: 'machine', title: 'Machine', sort: ({ machine }) => machine, cell: ({ machine }) => machine },
];
