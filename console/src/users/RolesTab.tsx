import { Button, ExpandableSection, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { call, segment } from '../api/http';
import type { RoleGrantView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { Loaded } from '../layout/Loaded';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { GrantRoleDialog } from './GrantRoleDialog';
import { RolesExplained } from './RolesExplained';
import { roles, roleTitle, useRoles } from './roles';

type Dialog = { kind: 'grant' } | { kind: 'revoke'; grants: readonly RoleGrantView[]; clear: () => void };

const holder = ({ user, group }: RoleGrantView): string => user ?? `${group ?? ''} (group)`;

const columns: Column<RoleGrantView>[] = [
  { key: 'holder', title: 'Who', sort: holder, cell: holder },
  { key: 'role', title: 'Role', sort: ({ role }) => roleTitle(role), cell: ({ role }) => roleTitle(role) },
  { key: 'pool', title: 'Over', sort: ({ pool }) => pool ?? '', cell: ({ pool }) => pool === null ? 'the whole house' : `the pool ${pool}` },
];

export function RolesTab() {
  const grants = useRoles();
  const { may } = useRights();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const manages = may('ManageUsers');
  const revoke = (chosen: readonly RoleGrantView[], clear: () => void) => setDialog({ kind: 'revoke', grants: chosen, clear });
  return (
    <div className="mayfly-stack">
      <ExpandableSection toggleText="What each role may do" isIndented data-testid="roles-explained"><RolesExplained /></ExpandableSection>
      <Loaded query={grants} label="roles">
        {(rows) => (
          <div>
            <DataTable
              id="roles" label="Roles given" rows={rows} prefix="r." columns={columns} rowKey={({ id }) => id} rowTestId={(grant) => `role-${grant.user ?? grant.group ?? ''}-${grant.role}`}
              search={{ hint: 'User, group, pool', texts: ({ user, group, pool }) => [user, group, pool] }}
              filters={[{ key: 'role', label: 'Role', choices: roles.map(({ role, title }) => ({ value: role, label: title })), matches: ({ role }, value) => role === value }]}
              actions={manages && <ToolbarItem><Button data-testid="role-grant" onClick={() => setDialog({ kind: 'grant' })}>Give a role</Button></ToolbarItem>}
              bulk={manages ? (chosen, clear) => [{ title: 'Take back', testId: 'bulk-revoke', danger: true, onClick: () => revoke(chosen, clear) }] : undefined}
              rowActions={manages ? (grant) => [{ title: 'Take back', isDanger: true, onClick: () => revoke([grant], () => undefined) }] : undefined}
              empty={{ title: 'No roles are given', text: 'Users without a role use their desktops, and see nothing else.' }}
            />
          </div>
        )}
      </Loaded>
      {dialog?.kind === 'grant' && <GrantRoleDialog onClose={close} />}
      {dialog?.kind === 'revoke' && <RevokeDialog grants={dialog.grants} onClose={(done) => { if (done) dialog.clear(); close(); }} />}
    </div>
  );
}

function RevokeDialog({ grants, onClose }: { grants: readonly RoleGrantView[]; onClose: (done: boolean) => void }) {
  const labels = new Map(grants.map((grant) => [grant.id, `${roleTitle(grant.role)} of ${holder(grant)}`]));
  return (
    <BulkDialog verb="Take back" nouns="roles" names={[...labels.keys()]} labelOf={(id) => labels.get(id) ?? id} act={(id) => call('DELETE', `/roles/${segment(id)}`)} onClose={onClose}>
      <p>What it allowed is refused from now on: {[...labels.values()].join(', ')}.</p>
    </BulkDialog>
  );
}
