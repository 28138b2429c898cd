import { Button } from '@patternfly/react-core';
import { useEffect, useEffectEvent, useState } from 'react';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { ProblemAlert } from '../layout/ProblemAlert';
import type { DisplayDoor } from './connect';
import { DisplayToolbar } from './DisplayToolbar';
import type { DisplayState } from './displayState';
import { Panel } from './Panel';
import { useDisplay } from './useDisplay';
import { WaitingView } from './WaitingView';
import './display.css';

interface Props {
  door: DisplayDoor;
  title: string;
  onLeave: () => void;
  onEnded: () => void;
  /** Absent for an administrator's console: only a session can be logged off. */
  onLogOff?: () => void;
  logOff?: { status: 'idle' | 'pending' | 'success' | 'error'; error: unknown };
}

/** One screen in the whole window, with its toolbar and the panels of what can go wrong. */
export function DisplayView({ door, title, onLeave, onEnded, onLogOff, logOff }: Props) {
  const { state, screen, targetRef, reconnect } = useDisplay(door);
  const [scaled, setScaled] = useState(true);
  const [asking, setAsking] = useState(false);
  const ended = useEffectEvent(onEnded);
  const { phase } = state;
  // The display goes away while logging off; that is no ending to report.
  const leaving = logOff?.status === 'pending' || logOff?.status === 'success';
  useEffect(() => { if (phase === 'ended' && !leaving) ended(); }, [phase, leaving]);
  useEffect(() => { if (phase === 'shown' && !asking) screen?.focus({ preventScroll: true }); }, [phase, asking, screen]);
  useEffect(() => { screen?.fit(scaled); }, [screen, scaled]);
  return (
    <div className="mayfly-display" data-testid="display" data-phase={phase}>
      <div className="mayfly-display__screen" ref={targetRef} data-testid="display-screen" />
      {screen !== null && phase === 'shown' && (
        <DisplayToolbar
          title={title} screen={screen} scaled={scaled} onScale={setScaled} onDisconnect={onLeave}
          onLogOff={onLogOff ? () => setAsking(true) : undefined}
        />
      )}
      {leaving ? <Panel title="Logging off" testId="logging-off" overScreen>The desktop is being destroyed.</Panel>
        : <Waiting state={state} title={title} onReconnect={reconnect} onLeave={onLeave} />}
      {asking && !leaving && (
        <ConfirmDialog title="Log off?" verb="Log off" busy={leaving} error={logOff?.error} onConfirm={() => onLogOff?.()} onCancel={() => setAsking(false)}>
          This desktop is destroyed and unsaved work in it is lost. The next one you open is new.
        </ConfirmDialog>
      )}
    </div>
  );
}

function Waiting({ state, title, onReconnect, onLeave }: { state: DisplayState; title: string; onReconnect: () => void; onLeave: () => void }) {
  if (state.phase === 'connecting') return <WaitingView title={`Opening ${title}`} current={1} />;
  if (state.phase === 'drawing') return <WaitingView title={`Opening ${title}`} current={2} />;
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
