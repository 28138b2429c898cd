import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { EventView } from '../api/types';
import { formatDateTime } from '../layout/format';
import { differencesOf } from './difference';

/** What an event changed, field by field. */
export function ChangeDialog({ event, onClose }: { event: EventView; onClose: () => void }) {
  const differences = differencesOf(event.before, event.after);
  return (
    <Modal isOpen variant="medium" aria-label="What changed" data-testid="change-dialog" onClose={onClose}>
      <ModalHeader title="What changed" description={`${event.message} ${formatDateTime(event.at)}, by ${event.actor ?? 'Mayfly'}.`} />
      <ModalBody>
        {differences.length === 0
          ? <p>Nothing that is shown here.</p>
          : (
            <Table variant="compact" aria-label="Changed fields" data-testid="change-table">
              <Thead><Tr><Th>Field</Th><Th>Before</Th><Th>After</Th></Tr></Thead>
              <Tbody>
                {differences.map(({ field, before, after }) => (
                  <Tr key={field}>
                    <Td dataLabel="Field">{field}</Td>
                    <Td dataLabel="Before" modifier="breakWord">{before === null ? <span className="mayfly-subtle">none</span> : <del>{before}</del>}</Td>
                    <Td dataLabel="After" modifier="breakWord">{after === null ? <span className="mayfly-subtle">none</span> : <ins>{after}</ins>}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          )}
      </ModalBody>
      <ModalFooter><Button variant="secondary" onClick={onClose}>Close</Button></ModalFooter>
    </Modal>
  );
}
