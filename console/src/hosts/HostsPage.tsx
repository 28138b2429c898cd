import { Alert, Button, Grid, GridItem } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import type { HostView } from '../api/types';
import { DoctorCard } from '../dashboard/DoctorCard';
import { useDoctor } from '../dashboard/doctor';
import { MemoryCard } from '../dashboard/MemoryCard';
import '../dashboard/dashboard.css';
import { ListPage } from '../layout/ListPage';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { AddHostDialog } from './AddHostDialog';
import { hostColumns, hostFilters } from './hostColumns';
import { useHosts } from './hosts';
import { UsageCard } from './UsageCard';
import { useHostActions } from './useHostActions';
import { describeAddress } from './words';

/** The computers that run machines. */
export default function HostsPage() {
  const hosts = useHosts();
  const rows = hosts.data ?? [];
  const { may } = useRights();
  const { actionsOf, dialog } = useHostActions(rows);
  const [adding, setAdding] = useState(false);
  const alone = rows.length > 0 && rows.every(({ own }) => own);
  const manages = may('ManageHouse');
  const rowActions = (host: HostView): IAction[] =>
    actionsOf(host).map(({ title, danger, hindrance, onClick }) => ({ title, isDanger: danger && hindrance === null, isAriaDisabled: hindrance !== null, description: hindrance, onClick }));
  return (
    <ListPage
      title="Hosts" lead="The computers that run the machines, how they are, and what machines take of them." loading={hosts.isPending} error={hosts.error}
      actions={manages && <Button data-testid="host-add" onClick={() => setAdding(true)}>Add host</Button>}
    >
      <div className="mayfly-stack">
        <DataTable
          id="hosts" label="Hosts" rows={rows} columns={hostColumns} filters={hostFilters(rows)} rowKey={({ name }) => name} rowTestId={({ name }) => `host-${name}`} plain={rows.length < 5}
          search={{ hint: 'Name, address', texts: (host) => [host.name, describeAddress(host)] }} rowActions={manages ? rowActions : undefined}
          empty={{ title: 'No hosts yet', text: 'This server runs no machines itself. Add a host, and pools make their machines there.' }}
        />
        {alone && <Alone />}
        <Grid hasGutter>
          {alone && <GridItem lg={7}><ServerDoctor /></GridItem>}
          <GridItem lg={alone ? 5 : 12}><MemoryCard /></GridItem>
        </Grid>
        <UsageCard />
      </div>
      {dialog}
      {adding && <AddHostDialog onClose={() => setAdding(false)} />}
    </ListPage>
  );
}

const Alone = () => (
  <Alert isInline isPlain component="p" variant="info" title="This server runs all machines itself" data-testid="hosts-alone">
    <p>Where it gets too small, other computers can join the house as hosts. Machines are then made where most memory is free, and one host can be in maintenance or fail while the others go on.</p>
  </Alert>
);

function ServerDoctor() {
  const doctor = useDoctor();
  return <DoctorCard report={doctor.data} error={doctor.error} />;
}
