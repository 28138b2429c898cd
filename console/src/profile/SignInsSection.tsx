import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { formatDateTime } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { clientName } from './clientName';
import { useEndSignIn, useSignIns } from './profile';
import { Section } from './Section';

/** Where the person is signed in. */
export function SignInsSection() {
  const signIns = useSignIns();
  const end = useEndSignIn();
  const error = end.error ?? signIns.error;
  return (
    <Section title="Where you are signed in" testId="profile-sign-ins">
      {error && <ProblemAlert error={error} />}
      <Table variant="compact" aria-label="Where you are signed in">
        <Thead><Tr><Th>Browser</Th><Th>Address</Th><Th>Since</Th><Th>Last used</Th><Th screenReaderText="Actions" /></Tr></Thead>
        <Tbody>
          {signIns.data?.map((signIn) => (
            <Tr key={signIn.id} data-testid={`sign-in-${signIn.id}`}>
              <Td dataLabel="Browser">{clientName(signIn.client)}</Td>
              <Td dataLabel="Address">{signIn.address ?? 'Unknown'}</Td>
              <Td dataLabel="Since">{formatDateTime(signIn.createdAt)}</Td>
              <Td dataLabel="Last used">{formatDateTime(signIn.lastSeenAt)}</Td>
              <Td isActionCell>
                {signIn.current ? <Label isCompact status="info" variant="outline">This one</Label>
                  : <Button variant="link" isInline isDanger isDisabled={end.isPending} aria-label={`Sign out ${clientName(signIn.client)}, last used ${formatDateTime(signIn.lastSeenAt)}`} data-testid={`sign-in-end-${signIn.id}`} onClick={() => end.mutate(signIn.id)}>Sign out</Button>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Section>
  );
}
