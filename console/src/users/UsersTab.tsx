import { Button, ToolbarItem } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { UserView } from '../api/types';
import { Loaded } from '../layout/Loaded';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { AddUserDialog } from './AddUserDialog';
import { EditUserDialog } from './EditUserDialog';
import { PasswordOnce } from './PasswordOnce';
import { SetPasswordDialog } from './SetPasswordDialog';
import { userActions } from './userActions';
import { UserActionDialog, type UserIntent } from './UserActionDialog';
import { userColumns, userFilters } from './userColumns';
import { useUsers } from './users';

type Dialog = { kind: 'add' } | { kind: 'edit' | 'password'; user: UserView } | { kind: 'act'; intent: UserIntent; clear: () => void };

export function UsersTab() {
  const users = useUsers();
  const { may } = useRights();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [password, setPassword] = useState<{ title: string; name: string; password: string } | null>(null);
  const rowActions = useUserMenu(setDialog);
  const close = () => setDialog(null);
  const allowed = userActions.filter(({ permission }) => may(permission));
  const bulk = (chosen: readonly UserView[], clear: () => void) => allowed.map((action) => {
    const able = chosen.filter((user) => action.fits(user, new Date()));
    const title = able.length === chosen.length ? action.title : `${action.title} (${able.length} of ${chosen.length})`;
    return { title, testId: `bulk-${action.id}`, danger: action.id === 'remove', disabled: able.length === 0, onClick: () => setDialog({ kind: 'act', intent: { action, users: able }, clear }) };
  });
  return (
    <>
      {password && <PasswordOnce {...password} onClose={() => setPassword(null)} />}
      <Loaded query={users} label="users">
        {(rows) => (
          <DataTable
            id="users" label="Users" rows={rows} rowKey={({ name }) => name} rowTestId={({ name }) => `user-${name}`} columns={userColumns(may('ViewSessions'))} filters={userFilters(rows)}
            search={{ hint: 'Name, group', texts: ({ name, displayName, groups }) => [name, displayName, ...groups] }}
            actions={may('ManageUsers') && <ToolbarItem><Button data-testid="user-add" onClick={() => setDialog({ kind: 'add' })}>Add user</Button></ToolbarItem>}
            bulk={allowed.length > 0 ? bulk : undefined} rowActions={allowed.length > 0 ? rowActions : undefined} empty={{ title: 'No users yet' }}
          />
        )}
      </Loaded>
      {dialog?.kind === 'add' && <AddUserDialog onClose={close} onAdded={({ user, generatedPassword }) => { close(); if (generatedPassword !== null) setPassword({ title: `${user.name} was added`, name: user.name, password: generatedPassword }); }} />}
      {dialog?.kind === 'edit' && <EditUserDialog user={dialog.user} onClose={close} />}
      {dialog?.kind === 'password' && <SetPasswordDialog user={dialog.user.name} onClose={close} onSet={(made) => { close(); if (made !== null) setPassword({ title: `${dialog.user.name} has a new password`, name: dialog.user.name, password: made }); }} />}
      {dialog?.kind === 'act' && <UserActionDialog intent={dialog.intent} onClose={(done) => { if (done) dialog.clear(); close(); }} />}
    </>
  );
}

/** What the menu of one user holds. */
function useUserMenu(open: (dialog: Dialog) => void) {
  const { may } = useRights();
  const navigate = useNavigate();
  return (user: UserView): IAction[] => {
    const local = user.source === 'local';
    return [
      { title: 'Help this person', onClick: () => void navigate(`/helpdesk/${encodeURIComponent(user.name)}`) },
      ...(may('ManageUsers') ? [{ title: 'Rename', isDisabled: !local, onClick: () => open({ kind: 'edit', user }) }, { title: 'Set password', isDisabled: !local, onClick: () => open({ kind: 'password', user }) }] : []),
      { isSeparator: true },
      ...userActions.filter((action) => may(action.permission) && (action.fits(user, new Date()) || action.id === 'remove')).map((action): IAction => ({
        title: action.title, isDanger: action.id === 'remove', onClick: () => open({ kind: 'act', intent: { action, users: [user] }, clear: () => undefined }),
      })),
    ];
  };
}
