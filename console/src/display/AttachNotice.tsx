import { Alert, AlertActionCloseButton } from '@patternfly/react-core';
import { problemFromError } from '../api/problem';
import type { AttachApp } from './useAttachApp';

/** How attaching an application goes, over the screen. */
export function AttachNotice({ attach, onClose }: { attach: AttachApp; onClose: () => void }) {
  if (attach.status === 'idle') return null;
  const name = attach.variables.displayName;
  if (attach.status === 'pending') return <Alert isInline component="p" variant="info" title={`${name} is being attached`} role="status" data-testid="app-attaching" />;
  const close = <AlertActionCloseButton aria-label="Close" onClose={onClose} />;
  if (attach.status === 'success') return <Alert isInline component="p" variant="success" title={`${name} is there: look in the desktop's menu`} role="status" data-testid="app-attached" actionClose={close} />;
  const { message, detail, remedy } = problemFromError(attach.error);
  return <Alert isInline component="p" variant="danger" title={`${name} could not be attached`} role="alert" data-testid="app-attach-failed" actionClose={close}>{[message, detail, remedy].filter(Boolean).join(' ')}</Alert>;
}
