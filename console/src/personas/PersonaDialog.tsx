import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { Loaded } from '../layout/Loaded';
import { useRights } from '../login/useRights';
import { PersonaParts } from './PersonaParts';
import { usePersona } from './personas';

/** What is kept of one user. */
export function PersonaDialog({ user, onClose }: { user: string; onClose: () => void }) {
  const persona = usePersona(user);
  const { may } = useRights();
  return (
    <Modal isOpen variant="large" aria-label={`Settings of ${user}`} data-testid="persona" onClose={onClose}>
      <ModalHeader title={`Settings of ${user}`} />
      <ModalBody><Loaded query={persona} label="settings">{(details) => <PersonaParts details={details} user={user} manages={may('ManagePersonas')} />}</Loaded></ModalBody>
      <ModalFooter><Button variant="link" onClick={onClose}>Close</Button></ModalFooter>
    </Modal>
  );
}
