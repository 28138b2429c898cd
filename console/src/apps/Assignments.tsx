import { Label } from '@patternfly/react-core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AppAssignmentView, AppView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { appCalls } from './apps';
import { assignmentRule, deliveries, describeDelivery, describeVersion, holderOf, precedenceText } from './words';

interface Removing { assignments: readonly AppAssignmentView[]; clear: () => void }

/** Who gets an application, which version of it, and when. */
export function Assignments({ app }: { app: AppView }) {
  const { may } = useRights();
  const [removing, setRemoving] = useState<Removing | null>(null);
  const manages = may('ManageApps');
  const remove = (assignments: readonly AppAssignmentView[], clear: () => void) => setRemoving({ assignments, clear });
  return (
    <div className="mayfly-stack mayfly-stack--tight">
      <p className="mayfly-subtle" data-testid="app-precedence">{precedenceText(app.precedence)} {assignmentRule}</p>
      <div>
        <DataTable
          id="assignments" label="Assignments" rows={app.assignments} columns={columnsOf(app)} prefix="a." rowKey={({ id }) => id} rowTestId={(row) => `assignment-${holderOf(row).name}`}
          search={{ hint: 'User, group, pool', texts: ({ user, group, pool, version }) => [user, group, pool, version] }}
          filters={[{ key: 'when', label: 'When', choices: deliveries.map(({ value }) => ({ value, label: describeDelivery(value) })), matches: ({ delivery }, value) => delivery === value }]}
          bulk={manages ? (chosen, clear) => [{ title: 'Take back', testId: 'bulk-unassign', danger: true, disabled: chosen.length === 0, onClick: () => remove(chosen, clear) }] : undefined}
          rowActions={manages ? (row) => [{ title: 'Take back', isDanger: true, onClick: () => remove([row], () => undefined) }] : undefined}
          empty={{ title: 'Nobody gets it yet', text: manages ? 'Use "Assign" to give it to a user, a group, or everybody who opens a desktop of a pool.' : 'Whoever manages applications assigns it.' }}
        />
      </div>
      {removing && <Unassign app={app} {...removing} onClose={(done) => { if (done) removing.clear(); setRemoving(null); }} />}
    </div>
  );
}

const columnsOf = (app: AppView): Column<AppAssignmentView>[] => [
  { key: 'who', title: 'Who', sort: (row) => holderOf(row).name, cell: (row) => <Holder assignment={row} /> },
  { key: 'version', title: 'Version', sort: ({ version }) => version, cell: (row) => describeVersion(row, app) },
  { key: 'when', title: 'When', sort: ({ delivery }) => delivery, cell: ({ delivery }) => describeDelivery(delivery) },
];

function Holder({ assignment }: { assignment: AppAssignmentView }) {
  const { kind, name } = holderOf(assignment);
  const { may, mayAnywhere } = useRights();
  if (kind === 'group') return <>{name} <Label isCompact color="blue">Group</Label></>;
  if (kind === 'pool') return <>{may('ViewPools', name) ? <Link to={`/pools/${encodeURIComponent(name)}`}>{name}</Link> : name} <Label isCompact color="purple">Pool</Label></>;
  return mayAnywhere('ViewUsers') ? <Link to={`/helpdesk/${encodeURIComponent(name)}`}>{name}</Link> : <>{name}</>;
}

function Unassign({ app, assignments, onClose }: { app: AppView; assignments: readonly AppAssignmentView[]; onClose: (done: boolean) => void }) {
  const names = new Map(assignments.map((row) => [row.id, holderOf(row).name]));
  return (
    <BulkDialog verb="Take back" nouns="assignments" names={[...names.keys()]} labelOf={(id) => names.get(id) ?? id} act={(id) => appCalls.unassign(app.name, id)} onClose={onClose}>
      <p>From the next logon on they do not get {app.displayName} by this: {[...names.values()].join(', ')}. Sessions in progress keep it.</p>
    </BulkDialog>
  );
}
