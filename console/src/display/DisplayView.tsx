import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import type { PoolAssignment } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { logOffQuestion } from '../logoff/words';
import type { DisplayDoor } from './connect';
import { DisplayToolbar, type ToolSlot } from './DisplayToolbar';
import { DisplayVeil } from './DisplayVeil';
import { Panel } from './Panel';
import { ResizeRefused } from './ResizeRefused';
import { useDisplay } from './useDisplay';
import { useScreenMode } from './useScreenMode';
import './display.css';

interface Props {
  door: DisplayDoor;
  title: string;
  /** When it was asked for, as Date.now() tells it; the moment the page came up when absent. */
  since?: number | undefined;
  onLeave: () => void;
  onEnded: () => void;
  /** Told when the first picture of a connection is seen. */
  onShown?: () => void;
  /** Absent for an administrator's console: only a session can be logged off. */
  onLogOff?: () => void;
  /** What the user must be told, over the screen; given what to do once it was put away. */
  notice?: (onFold: () => void) => ReactNode;
  /** More for the toolbar. */
  tools?: (menu: ToolSlot) => ReactNode;
  /** What stays below the screen, covering nothing of it. */
  bar?: ReactNode;
  logOff?: { status: 'idle' | 'pending' | 'success' | 'error'; error: unknown };
  assignment?: PoolAssignment | undefined;
  /** The session has its user's own disk. */
  hasDisk?: boolean;
}

/** One screen in the whole window, with its toolbar and the panels of what can go wrong. */
export function DisplayView({ door, title, since, onLeave, onEnded, onShown, onLogOff, notice, tools, bar, logOff, assignment, hasDisk = false }: Props) {
  const { state, screen, hasSound, targetRef, reconnect } = useDisplay(door);
  const [asking, setAsking] = useState(false);
  const ended = useEffectEvent(onEnded);
  const seen = useEffectEvent(() => onShown?.());
  const { phase } = state;
  const shown = phase === 'shown';
  const size = useScreenMode(screen, shown, door.resize);
  // The display goes away while logging off; that is no ending to report.
  const leaving = logOff?.status === 'pending' || logOff?.status === 'success';
  const focusScreen = () => screen?.focus({ preventScroll: true });
  useEffect(() => { if (phase === 'ended' && !leaving) ended(); }, [phase, leaving]);
  useEffect(() => { if (shown) seen(); }, [shown]);
  useEffect(() => { if (shown && !asking) screen?.focus({ preventScroll: true }); }, [shown, asking, screen]);
  return (
    <main className={`mayfly-display${bar ? ' mayfly-display--barred' : ''}`} data-testid="display" data-phase={phase} aria-label={title}>
      <div className="mayfly-display__screen" ref={targetRef} data-testid="display-screen" />
      {bar && <div className="mayfly-display__bar">{bar}</div>}
      {screen !== null && shown && (
        <DisplayToolbar title={title} screen={screen} hasSound={hasSound} door={door} size={size} tools={tools} onDisconnect={onLeave} onLogOff={onLogOff ? () => setAsking(true) : undefined} />
      )}
      {shown && !leaving && (
        <div className="mayfly-display__notice">
          {notice?.(focusScreen)}
          {size.refusal !== null && <ResizeRefused reason={size.refusal} onClose={() => { size.forgetRefusal(); focusScreen(); }} />}
        </div>
      )}
      {leaving ? <Panel title="Logging off" testId="logging-off" overScreen>Your session is being ended.</Panel>
        : <DisplayVeil state={state} title={title} since={since} onReconnect={reconnect} onLeave={onLeave} />}
      {asking && !leaving && (
        <ConfirmDialog title="Log off?" verb="Log off" busy={leaving} error={logOff?.error} onConfirm={() => onLogOff?.()} onCancel={() => setAsking(false)}>
          {logOffQuestion(assignment, hasDisk)}
        </ConfirmDialog>
      )}
    </main>
  );
}
