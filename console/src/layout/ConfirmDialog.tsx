import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  title: string; verb: string; children: ReactNode; busy: boolean; error: unknown;
  onConfirm: () => void; onCancel: () => void;
}

/** Asks once before something is destroyed. */
export function ConfirmDialog({ title, verb, children, busy, error, onConfirm, onCancel }: Props) {
  return (
    <Modal isOpen variant="small" aria-label={title} data-testid="confirm" onClose={onCancel}>
      <ModalHeader title={title} titleIconVariant="warning" />
      <ModalBody>
        {children}
        {error != null && <ProblemAlert error={error} testId="confirm-problem" />}
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" data-testid="confirm-yes" isLoading={busy} isDisabled={busy} onClick={onConfirm}>{verb}</Button>
        <Button variant="link" data-testid="confirm-no" onClick={onCancel}>Cancel</Button>
      </ModalFooter>
    </Modal>
  );
}
