import { Alert, AlertActionCloseButton } from '@patternfly/react-core';
import type { SessionNotice } from '../api/types';

/** A message to the user of a session; it stays until they put it away. */
export function MessageNotice({ notice, onClose }: { notice: SessionNotice; onClose: () => void }) {
  return (
    <Alert
      isInline component="p" variant="info" title={`Message${notice.from === null ? '' : ` from ${notice.from}`}`} role="alert" data-testid="session-message"
      actionClose={<AlertActionCloseButton aria-label="Put the message away" onClose={onClose} data-testid="session-message-close" />}
    >
      {notice.message}
    </Alert>
  );
}
