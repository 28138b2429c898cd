import { Card, CardBody, CardTitle, Grid, GridItem } from '@patternfly/react-core';
import type { MachineUsageView } from '../api/types';
import { DoctorCard } from '../dashboard/DoctorCard';
import { useDoctor } from '../dashboard/doctor';
import { useHostUsage } from '../dashboard/hostUsage';
import { MemoryCard } from '../dashboard/MemoryCard';
import '../dashboard/dashboard.css';
import { formatBytes } from '../layout/format';
import { ListPage } from '../layout/ListPage';
import { Loaded } from '../layout/Loaded';
import { choicesOf, type Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';

const columns: Column<MachineUsageView>[] = [
  { key: 'machine', title: 'Machine', sort: ({ machine }) => machine, cell: ({ machine }) => machine },
  { key: 'pool', title: 'Pool', sort: ({ pool }) => pool, cell: ({ pool }) => pool },
  { key: 'memory', title: 'Memory of its own', number: true, sort: ({ privateBytes }) => privateBytes, cell: ({ privateBytes }) => formatBytes(privateBytes) },
  { key: 'disk', title: 'Disk of its own', number: true, sort: ({ diskBytes }) => diskBytes, cell: ({ diskBytes }) => formatBytes(diskBytes) },
];

export default function HostsPage() {
  const doctor = useDoctor();
  const usage = useHostUsage();
  return (
    <ListPage title="Hosts" lead="Where machines run: this host, what it can do, and what its machines take of it." loading={false} error={null}>
      <div className="mayfly-stack">
        <Grid hasGutter>
          <GridItem lg={7}><DoctorCard report={doctor.data} error={doctor.error} /></GridItem>
          <GridItem lg={5}><MemoryCard /></GridItem>
        </Grid>
        <Card>
          <CardTitle component="h2">Usage by machine</CardTitle>
          <CardBody>
            <Loaded query={usage} label="usage">
              {({ machines }) => (
                <DataTable
                  id="usage" label="Usage by machine" rows={machines} columns={columns} rowKey={({ machine }) => machine} rowTestId={({ machine }) => `usage-${machine}`} search={{ hint: 'Machine, pool', texts: ({ machine, pool }) => [machine, pool] }}
                  filters={[{ key: 'pool', label: 'Pool', choices: choicesOf(machines, ({ pool }) => pool), matches: ({ pool }, value) => pool === value }]} empty={{ title: 'No machines run here' }}
                />
              )}
            </Loaded>
          </CardBody>
        </Card>
      </div>
    </ListPage>
  );
}
