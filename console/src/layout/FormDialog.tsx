import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId, type ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  title: string; verb: string; children: ReactNode; testId: string; busy: boolean; valid: boolean; error: unknown;
  onSubmit: () => void; onClose: () => void; wide?: boolean;
}

/** A form in a dialog; Enter submits it and the server's answer is shown in it. */
export function FormDialog({ title, verb, children, testId, busy, valid, error, onSubmit, onClose, wide = false }: Props) {
  const formId = useId();
  return (
    <Modal isOpen variant={wide ? 'medium' : 'small'} aria-label={title} data-testid={testId} onClose={onClose}>
      <ModalHeader title={title} />
      <ModalBody>
        <Form id={formId} onSubmit={(event) => { event.preventDefault(); if (valid && !busy) onSubmit(); }}>
          {error !== null && <ProblemAlert error={error} testId={`${testId}-problem`} />}
          {children}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={formId} data-testid={`${testId}-submit`} isLoading={busy} isDisabled={busy || !valid}>{verb}</Button>
        <Button variant="link" onClick={onClose}>Cancel</Button>
      </ModalFooter>
    </Modal>
  );
}
