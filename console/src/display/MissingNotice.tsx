import { Alert, AlertActionCloseButton } from '@patternfly/react-core';
import type { SessionView } from '../api/types';
import { listOf, missingOf } from '../sessions/attached';

/** Tells the user of a session what could not be attached at logon, and why. */
export function MissingNotice({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const missing = missingOf(session, 'your own disk');
  if (missing.length === 0) return null;
  const [disk] = session.volumeFault === null ? [] : missing;
  return (
    <Alert
      isInline component="p" variant="warning" title={`This desktop is without ${listOf(missing.map(({ name }) => name))}`} role="alert" data-testid="session-missing"
      actionClose={<AlertActionCloseButton aria-label="Close" onClose={onClose} data-testid="session-missing-close" />}
    >
      {missing.map(({ name, fault }) => <p key={name}>{[fault.what, fault.why].filter(Boolean).join(' ')}</p>)}
      {disk && <p>What you save on this desktop is lost when you log off.</p>}
    </Alert>
  );
}
