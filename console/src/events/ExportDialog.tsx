import { Button, Form, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { exportAddress, firstRange } from './exportAddress';

/** Events of some days as a file, one JSON object a line. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const [range, setRange] = useState(() => firstRange(new Date()));
  const address = exportAddress(range);
  return (
    <Modal isOpen variant="small" aria-label="Export events" data-testid="export-dialog" onClose={onClose}>
      <ModalHeader title="Export events" description="As a file with one JSON object a line. All events of these days, whatever the filters say." />
      <ModalBody>
        <Form>
          <FormGroup label="First day" fieldId="export-from"><TextInput id="export-from" type="date" value={range.from} onChange={(_, from) => setRange({ ...range, from })} /></FormGroup>
          <FormGroup label="Last day" fieldId="export-to"><TextInput id="export-to" type="date" value={range.to} onChange={(_, to) => setRange({ ...range, to })} /></FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button component="a" href={address ?? undefined} download isAriaDisabled={address === null} data-testid="export-link" onClick={onClose}>Export</Button>
        <Button variant="link" onClick={onClose}>Cancel</Button>
      </ModalFooter>
    </Modal>
  );
}
