import { CheckIcon } from '@patternfly/react-icons';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { permissions, roleGives, roles } from './roles';

/** What each role may do, as a table. */
export function RolesExplained() {
  return (
    <>
      <p className="mayfly-subtle">A role over a pool gives what is marked with an asterisk, in that pool alone.</p>
      <Table variant="compact" borders={false} aria-label="What each role may do">
        <Thead><Tr><Th>Permission</Th>{roles.map(({ role, title }) => <Th key={role} textCenter modifier="wrap">{title}</Th>)}</Tr></Thead>
        <Tbody>
          {permissions.map(({ permission, text, ofPools }) => (
            <Tr key={permission}>
              <Td dataLabel="Permission">{text}{ofPools && ' *'}</Td>
              {roles.map(({ role, title }) => <Td key={role} dataLabel={title} textCenter>{roleGives(role, permission) ? <CheckIcon role="img" aria-label="yes" /> : <span className="pf-v6-u-screen-reader">no</span>}</Td>)}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
