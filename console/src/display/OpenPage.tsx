import { Button } from '@patternfly/react-core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { call, segment } from '../api/http';
import type { SessionView } from '../api/types';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useTitle } from '../layout/useTitle';
import { useReturnToPortal } from '../portal/notice';
import { useCardName } from '../portal/useCardName';
import { Panel } from './Panel';
import { WaitingView } from './WaitingView';
import './display.css';

/** Gets a machine of a pool, then goes to its desktop. */
export function OpenPage() {
  const { pool = '' } = useParams();
  const title = useCardName((card) => card.pool === pool, pool);
  useTitle(title);
  const navigate = useNavigate();
  const leave = useReturnToPortal();
  const [attempt, setAttempt] = useState(1);
  const [error, setError] = useState<unknown>(null);
  const opened = useEffectEvent((session: SessionView) => void navigate(`/desktop/${encodeURIComponent(session.id)}`, { replace: true, state: { pool } }));
  useEffect(() => {
    const stop = new AbortController();
    call<SessionView>('POST', `/desktops/${segment(pool)}/open`, { signal: stop.signal })
      .then((session) => opened(session))
      .catch((reason: unknown) => { if (!stop.signal.aborted) setError(reason); });
    return () => stop.abort();
  }, [pool, attempt]);
  if (error === null) return <WaitingView title={`Opening ${title}`} current={0} />;
  const actions = (
    <>
      <Button autoFocus data-testid="open-retry" onClick={() => { setError(null); setAttempt(attempt + 1); }}>Try again</Button>
      <Button variant="link" data-testid="back-to-portal" onClick={() => leave()}>Back to my desktops</Button>
    </>
  );
  return <Panel title={`${title} did not open`} testId="open-failed" actions={actions}><ProblemAlert error={error} /></Panel>;
}
