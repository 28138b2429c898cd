import { Alert, AlertActionCloseButton } from '@patternfly/react-core';
import { problemFromError } from '../api/problem';

/** Says that the desktop keeps its size, and why. */
export function ResizeRefused({ reason, onClose }: { reason: unknown; onClose: () => void }) {
  const { message } = problemFromError(reason);
  return (
    <Alert
      isInline component="p" variant="info" title="The desktop keeps its size" role="status" data-testid="resize-refused"
      actionClose={<AlertActionCloseButton aria-label="Close" onClose={onClose} />}
    >
      {message} Its picture is fitted to the window instead.
    </Alert>
  );
}
