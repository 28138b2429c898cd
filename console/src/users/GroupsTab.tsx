import { Button, ToolbarItem } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { call } from '../api/http';
import type { GroupView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { Loaded } from '../layout/Loaded';
import { choicesOf, type Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { AddGroupDialog } from './AddGroupDialog';
import { groupPath, useGroups } from './groups';
import { MembersDialog } from './MembersDialog';

type Dialog = { kind: 'add' } | { kind: 'members'; group: GroupView } | { kind: 'remove'; groups: readonly GroupView[]; clear: () => void };

const columns: Column<GroupView>[] = [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'shown', title: 'Shown as', sort: ({ displayName }) => displayName, cell: ({ displayName }) => displayName },
  { key: 'from', title: 'From', sort: ({ directory }) => directory ?? 'local', cell: ({ directory }) => directory ?? 'local' },
  { key: 'external', title: 'Name there', wrap: true, cell: ({ externalName }) => externalName !== null && <code>{externalName}</code> },
  { key: 'members', title: 'Members', number: true, sort: ({ members }) => members, cell: ({ members }) => members },
];

export function GroupsTab() {
  const groups = useGroups();
  const { may } = useRights();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const manages = may('ManageUsers');
  const remove = (chosen: readonly GroupView[], clear: () => void) => setDialog({ kind: 'remove', groups: chosen, clear });
  const rowActions = (group: GroupView): IAction[] => [
    { title: 'Members', onClick: () => setDialog({ kind: 'members', group }) },
    ...(manages ? [{ title: 'Remove', isDanger: true, onClick: () => remove([group], () => undefined) }] : []),
  ];
  return (
    <>
      <Loaded query={groups} label="groups">
        {(rows) => (
          <DataTable
            id="groups" label="Groups" rows={rows} prefix="g." columns={columns} rowKey={({ name }) => name} rowTestId={({ name }) => `group-${name}`}
            search={{ hint: 'Name', texts: (group) => [group.name, group.displayName, group.externalName] }}
            filters={[{ key: 'from', label: 'From', choices: choicesOf(rows, ({ directory }) => directory ?? 'local'), matches: ({ directory }, value) => (directory ?? 'local') === value }]}
            actions={manages && <ToolbarItem><Button data-testid="group-add" onClick={() => setDialog({ kind: 'add' })}>Add group</Button></ToolbarItem>}
            bulk={manages ? (chosen, clear) => [{ title: 'Remove', testId: 'bulk-remove', danger: true, onClick: () => remove(chosen, clear) }] : undefined} rowActions={rowActions}
            empty={{ title: 'No groups yet', text: 'A group holds local users, or stands for one of a directory. It can be entitled, and given roles.' }}
          />
        )}
      </Loaded>
      {dialog?.kind === 'add' && <AddGroupDialog onClose={close} />}
      {dialog?.kind === 'members' && <MembersDialog group={dialog.group} onClose={close} />}
      {dialog?.kind === 'remove' && (
        <BulkDialog verb="Remove" nouns="groups" names={dialog.groups.map(({ name }) => name)} act={(name) => call('DELETE', groupPath(name))} onClose={(done) => { if (done) dialog.clear(); close(); }}>
          <p>Its roles and entitlements go with it, so its members lose what they had by it. They themselves stay.</p>
        </BulkDialog>
      )}
    </>
  );
}
