import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { formatDateTime } from '../layout/format';
import { NoRows } from '../layout/NoRows';
import { ProblemAlert } from '../layout/ProblemAlert';
import { StateLabel } from '../layout/StateLabel';
import { usePushes } from './pushes';
import { describeCounts } from './pushProgress';

/** All pushes of a pool, newest first. */
export function PushHistory({ pool }: { pool: string }) {
  const pushes = usePushes(pool);
  if (pushes.error) return <ProblemAlert error={pushes.error} />;
  if (pushes.data?.length === 0) return <NoRows title="No pushes yet">Push an image to move this pool to another version.</NoRows>;
  return (
    <Table variant="compact" aria-label="Pushes" data-testid="pushes-table">
      <Thead><Tr><Th>State</Th><Th>From</Th><Th>To</Th><Th>Machines</Th><Th>Asked</Th><Th>Finished</Th></Tr></Thead>
      <Tbody>
        {pushes.data?.map((push) => (
          <Tr key={push.id} data-testid={`push-${push.id}`}>
            <Td dataLabel="State"><StateLabel state={push.state} />{push.fault && <p className="mayfly-subtle">{push.fault.what}</p>}</Td>
            <Td dataLabel="From"><code>{push.fromVersion}</code></Td>
            <Td dataLabel="To"><code>{push.toVersion}</code></Td>
            <Td dataLabel="Machines">{describeCounts(push)}</Td>
            <Td dataLabel="Asked" modifier="nowrap">{formatDateTime(push.askedAt)} by {push.actor}</Td>
            <Td dataLabel="Finished" modifier="nowrap">{push.finishedAt && formatDateTime(push.finishedAt)}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
