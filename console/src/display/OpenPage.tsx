import { Button } from '@patternfly/react-core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { OpeningView, SessionView } from '../api/types';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useTitle } from '../layout/useTitle';
import { useReturnToPortal } from '../portal/notice';
import { deskPath } from '../portal/onlyChoice';
import { useCardName } from '../portal/useCardName';
import type { OpenedFrom } from './openedFrom';
import { DiskRefused } from './DiskRefused';
import { isForDisk, openDesktop } from './opening';
import { Panel } from './Panel';
import { WaitingView } from './WaitingView';
import { stepIndex } from './waitingSteps';
import './display.css';

/** Gets a machine of a pool, then goes to its desktop. */
export function OpenPage() {
  const { pool = '' } = useParams();
  const title = useCardName((card) => card.pool === pool, pool);
  useTitle(title);
  const navigate = useNavigate();
  const leave = useReturnToPortal();
  const [attempt, setAttempt] = useState(() => ({ since: Date.now(), withoutVolume: false }));
  const { since, withoutVolume } = attempt;
  const [step, setStep] = useState<OpeningView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const opened = useEffectEvent((session: SessionView) => {
    const state: OpenedFrom = { pool, since };
    void navigate(deskPath({ pool, session }), { replace: true, state });
  });
  useEffect(() => {
    const stop = new AbortController();
    openDesktop(pool, withoutVolume, setStep, stop.signal)
      .then((session) => opened(session))
      .catch((reason: unknown) => { if (!stop.signal.aborted) setError(reason); });
    return () => stop.abort();
  }, [pool, since, withoutVolume]);
  if (error === null) return <WaitingView title={`Opening ${title}`} current={stepIndex(step?.step ?? 'Finding')} message={step?.message ?? null} since={since} onLeave={() => leave()} />;
  const again = (without: boolean) => { setError(null); setStep(null); setAttempt({ since: Date.now(), withoutVolume: without }); };
  const back = <Button variant="link" data-testid="back-to-portal" onClick={() => leave()}>Back to my desktops</Button>;
  if (isForDisk(error)) return <DiskRefused title={title} error={error} onWithout={() => again(true)} onAgain={() => again(false)} back={back} />;
  const actions = <><Button autoFocus data-testid="open-retry" onClick={() => again(withoutVolume)}>Try again</Button>{back}</>;
  return <Panel title={`${title} did not open`} testId="open-failed" actions={actions}><ProblemAlert error={error} /></Panel>;
}
