import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AppView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { ListPage } from '../layout/ListPage';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { appCalls, appPage, useApps } from './apps';
import { NewAppDialog } from './NewAppDialog';
import { machinesOf } from './words';

interface Removing { apps: readonly AppView[]; clear: () => void }

export default function AppsPage() {
  const apps = useApps();
  const { may } = useRights();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Removing | null>(null);
  const manages = may('ManageApps');
  const bulk = (chosen: readonly AppView[], clear: () => void) =>
    [{ title: 'Delete', testId: 'bulk-delete', danger: true, disabled: chosen.length === 0, onClick: () => setRemoving({ apps: chosen, clear }) }];
  return (
    <ListPage
      title="Apps" lead="Applications that are attached to desktops at logon, apart from the golden image." loading={apps.isPending} error={apps.error}
      actions={manages && <Button data-testid="app-add" onClick={() => setAdding(true)}>New application</Button>}
    >
      <DataTable
        id="apps" label="Applications" rows={apps.data ?? []} columns={columns} rowKey={({ name }) => name} rowTestId={({ name }) => `app-${name}`}
        search={{ hint: 'Name, description', texts: ({ name, displayName, description }) => [name, displayName, description] }} bulk={manages ? bulk : undefined}
        empty={{ title: 'No applications yet', text: manages ? 'Make a new application, give it a package, and say who gets it.' : 'Whoever manages applications makes the first.' }}
      />
      {adding && <NewAppDialog onClose={() => setAdding(false)} />}
      {removing && <RemoveApps {...removing} onClose={(done) => { if (done) removing.clear(); setRemoving(null); }} />}
    </ListPage>
  );
}

const columns: Column<AppView>[] = [
  { key: 'name', title: 'Name', sort: ({ displayName }) => displayName, cell: ({ name, displayName }) => <><Link to={appPage(name)}>{displayName}</Link>{displayName !== name && <p className="mayfly-subtle">{name}</p>}</> },
  { key: 'current', title: 'Current version', sort: ({ current }) => current, cell: ({ current }) => current === null ? <span className="mayfly-subtle">none</span> : <code>{current}</code> },
  { key: 'packages', title: 'Packages', number: true, sort: ({ packages }) => packages.length, cell: ({ packages }) => packages.length },
  { key: 'assignments', title: 'Assignments', number: true, sort: ({ assignments }) => assignments.length, cell: ({ assignments }) => assignments.length },
  { key: 'machines', title: 'Machines that have it', number: true, sort: machinesOf, cell: machinesOf },
  { key: 'description', title: 'Description', wrap: true, cell: ({ description }) => <span className="mayfly-subtle">{description}</span> },
];

const RemoveApps = ({ apps, onClose }: { apps: readonly AppView[]; onClose: (done: boolean) => void }) => (
  <BulkDialog verb="Delete" nouns="applications" names={apps.map(({ name }) => name)} act={appCalls.remove} onClose={onClose}>
    <p>They go with all of their packages: {apps.map(({ displayName }) => displayName).join(', ')}. One that is assigned, or attached to a machine, is refused.</p>
  </BulkDialog>
);
