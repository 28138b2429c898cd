import { Button, FormSelect, FormSelectOption, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { NoRows } from '../layout/NoRows';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useUsers } from '../users/users';
import { useChangeEntitlement, useEntitlements } from './entitlements';

/** Who may use the pool. */
export function Entitlements({ pool }: { pool: string }) {
  const entitlements = useEntitlements(pool);
  const users = useUsers();
  const change = useChangeEntitlement(pool);
  const [user, setUser] = useState('');
  const entitled = new Set(entitlements.data?.map((entitlement) => entitlement.user));
  const others = (users.data ?? []).filter((candidate) => !entitled.has(candidate.name));
  const error = change.error ?? entitlements.error ?? users.error;
  return (
    <>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <FormSelect aria-label="User to entitle" data-testid="entitlement-user" value={user} onChange={(_, value) => setUser(value)}>
              <FormSelectOption value="" label="Choose a user" isDisabled />
              {others.map((candidate) => <FormSelectOption key={candidate.name} value={candidate.name} label={`${candidate.displayName} (${candidate.name})`} />)}
            </FormSelect>
          </ToolbarItem>
          <ToolbarItem><Button data-testid="entitlement-add" isDisabled={user === '' || change.isPending} onClick={() => change.mutate({ user, entitled: true }, { onSuccess: () => setUser('') })}>Entitle</Button></ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {error && <ProblemAlert error={error} />}
      {entitlements.data?.length === 0 && <NoRows title="Nobody may use this pool yet">Entitle a user to put its card on their portal.</NoRows>}
      {entitled.size > 0 && (
        <Table variant="compact" aria-label="Entitlements" data-testid="entitlements-table">
          <Thead><Tr><Th>User</Th><Th screenReaderText="Actions" /></Tr></Thead>
          <Tbody>
            {[...entitled].map((name) => (
              <Tr key={name}>
                <Td dataLabel="User">{name}</Td>
                <Td isActionCell><Button variant="link" isDanger isInline data-testid={`entitlement-remove-${name}`} onClick={() => change.mutate({ user: name, entitled: false })}>Withdraw</Button></Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </>
  );
}
