import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  title: string; verb: string; children: ReactNode; busy: boolean; error: unknown;
  onConfirm: () => void; onCancel: () => void;
  /** Nothing is lost by it. */
  harmless?: boolean;
  /** False while something is missing that it takes. */
  valid?: boolean;
}

/** Asks once before something is destroyed, or done to much at once. */
export function ConfirmDialog({ title, verb, children, busy, error, onConfirm, onCancel, harmless = false, valid = true }: Props) {
  return (
    <Modal isOpen variant="small" aria-label={title} data-testid="confirm" onClose={onCancel}>
      <ModalHeader title={title} {...(harmless ? {} : { titleIconVariant: 'warning' })} />
      <ModalBody>
        {children}
        {error != null && <ProblemAlert error={error} testId="confirm-problem" />}
      </ModalBody>
      <ModalFooter>
        <Button variant={harmless ? 'primary' : 'danger'} data-testid="confirm-yes" isLoading={busy} isDisabled={busy || !valid} onClick={onConfirm}>{verb}</Button>
        <Button variant="link" data-testid="confirm-no" onClick={onCancel}>Cancel</Button>
      </ModalFooter>
    </Modal>
  );
}
