import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import type { UserAdded, UserView } from '../api/types';
import { ListPage } from '../layout/ListPage';
import { AddUserDialog } from './AddUserDialog';
import { PasswordOnce } from './PasswordOnce';
import { useUsers } from './users';

export default function UsersPage() {
  const users = useUsers();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<UserAdded | null>(null);
  const actions = <Button data-testid="user-add" onClick={() => setAdding(true)}>Add user</Button>;
  return (
    <ListPage title="Users" lead="Who can log in. What they may open is set in each pool's entitlements." actions={actions} loading={users.isPending} error={users.error}>
      {added?.generatedPassword && <PasswordOnce name={added.user.name} password={added.generatedPassword} onClose={() => setAdded(null)} />}
      <UsersTable users={users.data ?? []} />
      {adding && <AddUserDialog onClose={() => setAdding(false)} onAdded={(result) => { setAdding(false); setAdded(result); }} />}
    </ListPage>
  );
}

function UsersTable({ users }: { users: UserView[] }) {
  return (
    <Table variant="compact" aria-label="Users" data-testid="users-table">
      <Thead><Tr><Th>Name</Th><Th>Shown as</Th><Th>Role</Th></Tr></Thead>
      <Tbody>
        {users.map((user) => (
          <Tr key={user.name} data-testid={`user-${user.name}`}>
            <Td dataLabel="Name">{user.name}</Td>
            <Td dataLabel="Shown as">{user.displayName}</Td>
            <Td dataLabel="Role">{user.administrator ? <Label isCompact color="purple">Administrator</Label> : 'User'}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
