import { Form, HelperText, HelperTextItem, Modal, Wizard, WizardHeader, WizardStep } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

/** One step: what it holds, and why it can not be left yet, or null. */
export interface WizardPart { id: string; name: string; content: ReactNode; lack: string | null }

interface Props {
  title: string; lead: string; testId: string; parts: readonly WizardPart[];
  /** What the last step's button says. */
  verb: string;
  busy: boolean; error: unknown; onSubmit: () => void; onClose: () => void;
}

/** A wizard in a dialog. A step after one that lacks something can not be reached. */
export function WizardDialog({ title, lead, testId, parts, verb, busy, error, onSubmit, onClose }: Props) {
  const firstLack = parts.findIndex(({ lack }) => lack !== null);
  return (
    <Modal isOpen variant="large" aria-label={title} data-testid={testId} onEscapePress={onClose}>
      <Wizard height="min(46rem, 80vh)" isVisitRequired shouldFocusContent onClose={onClose} navAriaLabel={`Steps: ${title}`} header={<WizardHeader title={title} titleId={`${testId}-title`} description={lead} onClose={onClose} closeButtonAriaLabel="Close" />}>
        {parts.map(({ id, name, content, lack }, index) => {
          const last = index === parts.length - 1;
          return (
            <WizardStep
              key={id} id={`${testId}-${id}`} name={name} isDisabled={firstLack >= 0 && index > firstLack}
              footer={{ isNextDisabled: lack !== null || (last && (busy || firstLack >= 0)), ...(last ? { nextButtonText: verb, onNext: onSubmit } : {}) }}
            >
              <Form onSubmit={(event) => event.preventDefault()} data-testid={`${testId}-${id}`}>
                {last && error !== null && <ProblemAlert error={error} testId={`${testId}-problem`} />}
                {content}
                {lack !== null && <HelperText isLiveRegion className="mayfly-lack"><HelperTextItem variant="warning" data-testid={`${testId}-lack`}>{lack}</HelperTextItem></HelperText>}
              </Form>
            </WizardStep>
          );
        })}
      </Wizard>
    </Modal>
  );
}
