import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { ProblemAlert } from '../layout/ProblemAlert';
import type { DisplayState } from './displayState';
import { Panel } from './Panel';
import { WaitingView } from './WaitingView';
import { connectingStep, drawingStep } from './waitingSteps';

interface Props { state: DisplayState; title: string; since: number | undefined; onReconnect: () => void; onLeave: () => void }

/** What is over the screen while there is no picture, or no longer one. */
export function DisplayVeil({ state, title, since, onReconnect, onLeave }: Props) {
  const [began] = useState(() => Date.now());
  const waiting = (current: number) => <WaitingView title={`Opening ${title}`} current={current} since={since ?? began} onLeave={onLeave} overScreen />;
  if (state.phase === 'connecting') return waiting(connectingStep);
  if (state.phase === 'drawing') return waiting(drawingStep);
  if (state.phase !== 'lost') return null;
  const actions = (
    <>
      <Button autoFocus data-testid="reconnect" onClick={onReconnect}>Reconnect</Button>
      <Button variant="link" data-testid="back-to-portal" onClick={onLeave}>Go back</Button>
    </>
  );
  return (
    <Panel title="The connection to the screen was lost" testId="connection-lost" overScreen actions={actions}>
      {state.problem === null
        ? 'The desktop may still be running with everything as you left it. Reconnect to see it again.'
        : <ProblemAlert error={state.problem} />}
    </Panel>
  );
}
