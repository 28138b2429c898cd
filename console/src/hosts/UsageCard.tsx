import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { MachineUsageView } from '../api/types';
import { useHostUsage } from '../dashboard/hostUsage';
import { formatBytes } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import { choicesOf, type Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';

const columns: Column<MachineUsageView>[] = [
  { key: 'machine', title: 'Machine', sort: ({ machine }) => machine, cell: ({ machine }) => machine },
  { key: 'pool', title: 'Pool', sort: ({ pool }) => pool, cell: ({ pool }) => pool },
  { key: 'memory', title: 'Memory of its own', number: true, sort: ({ privateBytes }) => privateBytes, cell: ({ privateBytes }) => formatBytes(privateBytes) },
  { key: 'disk', title: 'Disk of its own', number: true, sort: ({ diskBytes }) => diskBytes, cell: ({ diskBytes }) => formatBytes(diskBytes) },
];

/** What each machine takes of its host. */
export function UsageCard() {
  const usage = useHostUsage();
  return (
    <Card>
      <CardTitle component="h2">Usage by machine</CardTitle>
      <CardBody>
        <Loaded query={usage} label="usage">
          {({ machines }) => (
            <DataTable
              id="usage" label="Usage by machine" prefix="u." rows={machines} columns={columns} rowKey={({ machine }) => machine} rowTestId={({ machine }) => `usage-${machine}`} search={{ hint: 'Machine, pool', texts: ({ machine, pool }) => [machine, pool] }}
              filters={[{ key: 'pool', label: 'Pool', choices: choicesOf(machines, ({ pool }) => pool), matches: ({ pool }, value) => pool === value }]} empty={{ title: 'No machines run now' }}
            />
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}
