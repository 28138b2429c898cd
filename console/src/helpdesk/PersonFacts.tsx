import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from 'react-router';
import type { PersonView } from '../api/types';
import { Facts } from '../layout/Facts';
import { formatDateTime } from '../layout/format';
import { useRights } from '../login/useRights';
import { UserState } from '../users/userColumns';

/** Who they are, what they may open and why, and where they are signed in. */
export function PersonFacts({ person: { user, desktops, signIns } }: { person: PersonView }) {
  const { may } = useRights();
  return (
    <>
      <Card>
        <CardTitle component="h2">Person</CardTitle>
        <CardBody>
          <Facts
            facts={[
              ['State', <UserState key="s" user={user} />], ['From', user.source], ['Groups', user.groups.length === 0 ? 'none' : user.groups.join(', ')], ['Second factor', user.secondFactor ? 'on' : 'off'],
              ['Last sign-in', user.lastSignInAt === null ? 'never' : formatDateTime(user.lastSignInAt)], ...(user.lockedUntil === null ? [] : [['Locked until', formatDateTime(user.lockedUntil)] as const]),
            ]}
          />
        </CardBody>
      </Card>
      <Card data-testid="person-entitlements">
        <CardTitle component="h2">May open</CardTitle>
        <CardBody>
          {desktops.length === 0 && <p className="mayfly-subtle">No desktop. Entitle them, or a group they are in, on the page of a pool.</p>}
          {desktops.length > 0 && (
            <Table variant="compact" borders={false} aria-label="Entitlements">
              <Thead><Tr><Th>Desktop</Th><Th>Pool</Th><Th>Because of</Th></Tr></Thead>
              <Tbody>
                {desktops.map(({ pool, displayName, group }) => (
                  <Tr key={`${pool} ${group ?? ''}`}>
                    <Td dataLabel="Desktop">{displayName}</Td>
                    <Td dataLabel="Pool">{may('ViewPools', pool) ? <Link to={`/pools/${encodeURIComponent(pool)}`}>{pool}</Link> : pool}</Td>
                    <Td dataLabel="Because of">{group === null ? 'their own entitlement' : `the group ${group}`}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          )}
        </CardBody>
      </Card>
      <Card>
        <CardTitle component="h2">Signed in at</CardTitle>
        <CardBody>
          {signIns.length === 0 && <p className="mayfly-subtle">Nowhere now.</p>}
          {signIns.map(({ id, address, client, lastSeenAt }) => <p key={id}>{address ?? 'an unknown address'} <span className="mayfly-subtle">{client}, last used {formatDateTime(lastSeenAt)}</span></p>)}
        </CardBody>
      </Card>
    </>
  );
}
