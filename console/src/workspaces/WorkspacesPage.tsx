import { Button, Label } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WorkspaceView } from '../api/types';
import { ListPage } from '../layout/ListPage';
import type { Column, Filter } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { DriftDialog } from './DriftDialog';
import { RemoveWorkspaceDialog } from './RemoveWorkspaceDialog';
import { WorkspaceDialog } from './WorkspaceDialog';
import { useWorkspaces } from './workspaces';

type Open = { kind: 'edit'; view: WorkspaceView | null } | { kind: 'drift' | 'remove'; view: WorkspaceView };

const filters: Filter<WorkspaceView>[] = [
  { key: 'drift', label: 'State', choices: [{ value: 'drifted', label: 'Not as it says' }, { value: 'right', label: 'As it says' }], matches: ({ drift }, value) => (drift.length > 0) === (value === 'drifted') },
];

const columnsOf = (onDrift: (view: WorkspaceView) => void): Column<WorkspaceView>[] => [
  { key: 'name', title: 'Workspace', sort: ({ workspace }) => workspace.displayName, cell: ({ workspace }) => workspace.displayName },
  { key: 'who', title: 'For', wrap: true, cell: ({ workspace }) => [...workspace.groups, ...workspace.users].join(', ') },
  { key: 'pool', title: 'Desktops of', sort: ({ workspace }) => workspace.pool, cell: ({ workspace }) => <Link to={`/pools/${encodeURIComponent(workspace.pool)}`}>{workspace.pool}</Link> },
  { key: 'apps', title: 'Applications', wrap: true, cell: ({ workspace }) => (workspace.apps).join(', ') },
  { key: 'settings', title: 'Settings follow', cell: ({ workspace }) => workspace.persona ? 'yes' : <span className="mayfly-subtle">as the pool says</span> },
  {
    key: 'state', title: 'State', sort: ({ drift }) => drift.length,
    cell: (view) => view.drift.length === 0 ? <Label isCompact status="success">As it says</Label>
      : <Label isCompact status="warning" data-testid={`drift-${view.name}`} onClick={() => onDrift(view)}>{view.drift.length === 1 ? '1 difference' : `${view.drift.length} differences`}</Label>,
  },
];

/** What people get, said in one place, and whether it is so. */
export default function WorkspacesPage() {
  const workspaces = useWorkspaces();
  const { may } = useRights();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const manages = may('ManageUsers');
  const rows = workspaces.data ?? [];
  const rowActions = (view: WorkspaceView): IAction[] => [
    ...(view.drift.length > 0 ? [{ title: 'What is not as it says', onClick: () => setOpen({ kind: 'drift', view }) }] : []),
    ...(manages ? [{ title: 'Change', onClick: () => setOpen({ kind: 'edit', view }) }, { isSeparator: true }, { title: 'Remove', isDanger: true, onClick: () => setOpen({ kind: 'remove', view }) }] : []),
  ];
  return (
    <ListPage
      title="Workspaces" lead="Who gets which desktops, applications and settings, said in one, and held against what is so." loading={workspaces.isPending} error={workspaces.error}
      actions={manages && <Button data-testid="workspace-add" onClick={() => setOpen({ kind: 'edit', view: null })}>Make a workspace</Button>}
    >
      <DataTable
        id="workspaces" label="Workspaces" rows={rows} columns={columnsOf((view) => setOpen({ kind: 'drift', view }))} filters={filters} rowKey={({ name }) => name} rowTestId={({ name }) => `workspace-${name}`}
        search={{ hint: 'Name, user, group', texts: ({ name, workspace }) => [name, workspace.displayName, ...workspace.users, ...workspace.groups] }} rowActions={rowActions}
        empty={{ title: 'No workspaces yet', text: 'One form gives users and groups a pool\'s desktops, applications and their settings, and tells later when something of it was taken back.' }}
      />
      {open?.kind === 'edit' && <WorkspaceDialog workspace={open.view} onClose={close} />}
      {open?.kind === 'drift' && <DriftDialog view={open.view} mayRepair={manages} onClose={close} />}
      {open?.kind === 'remove' && <RemoveWorkspaceDialog view={open.view} onClose={close} />}
    </ListPage>
  );
}
