import { Alert, AlertActionCloseButton, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { formatCountdown } from './countdown';
import { useSecondsUntil } from './useSecondsUntil';

interface Props {
  message: string;
  logOffAt: string;
  /** Over a screen the message can be folded away, so that what is under it can be saved; told when it was. */
  onFold?: () => void;
}

/** Warns a user of a log-off that is coming, with the time that is left. */
export function LogOffNotice({ message, logOffAt, onFold }: Props) {
  const [folded, setFolded] = useState(false);
  const left = <Countdown until={logOffAt} />;
  const fold = (next: boolean) => { setFolded(next); onFold?.(); };
  if (folded) return <Button variant="warning" size="sm" data-testid="logoff-notice-folded" onClick={() => fold(false)}>Log-off {left}</Button>;
  return (
    <Alert
      isInline component="p" variant="warning" title={message} role="alert" data-testid="logoff-notice"
      {...(onFold ? { actionClose: <AlertActionCloseButton aria-label="Fold away" onClose={() => fold(true)} /> } : {})}
    >
      You are logged off {left}; unsaved work is lost then.
    </Alert>
  );
}

function Countdown({ until }: { until: string }) {
  const seconds = useSecondsUntil(until);
  // Read out once with the message; a voice every second would drown the work it warns of.
  return <span role="timer" aria-live="off" data-testid="logoff-countdown">{seconds === 0 ? '' : 'in '}<strong>{formatCountdown(seconds)}</strong></span>;
}
