import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from 'react-router';
import type { UserView } from '../api/types';
import { formatDateTime } from '../layout/format';
import { UserState } from '../users/userColumns';

export function FoundPeople({ people, total }: { people: readonly UserView[]; total: number }) {
  return (
    <>
      <Table variant="compact" aria-label="People found" data-testid="people-table">
        <Thead><Tr><Th>Name</Th><Th>Shown as</Th><Th>State</Th><Th>Last sign-in</Th></Tr></Thead>
        <Tbody>
          {people.map((user) => (
            <Tr key={user.name}>
              <Td dataLabel="Name"><Link to={`/helpdesk/${encodeURIComponent(user.name)}`} data-testid={`person-${user.name}`}>{user.name}</Link></Td>
              <Td dataLabel="Shown as">{user.displayName}</Td>
              <Td dataLabel="State"><UserState user={user} /></Td>
              <Td dataLabel="Last sign-in">{user.lastSignInAt === null ? <span className="mayfly-subtle">never</span> : formatDateTime(user.lastSignInAt)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {total > people.length && <p className="mayfly-subtle">{total - people.length} more match. Search for more of the name.</p>}
    </>
  );
}
