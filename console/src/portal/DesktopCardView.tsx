import { Button, Card, CardBody, CardFooter, CardHeader, CardTitle } from '@patternfly/react-core';
import { ExclamationTriangleIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { DesktopCard } from '../api/types';
import { markClick } from '../display/marks';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { formatSince } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { SessionNoticeView } from '../logoff/SessionNoticeView';
import { logOffQuestion } from '../logoff/words';
import { listOf, missingOf } from '../sessions/attached';
import { CardMenu, type CardAction } from './CardMenu';
import { CardPicture } from './CardPicture';
import { cardState, keptText } from './cardState';
import { useLogOff, useReset, useViewerFile } from './desktops';
import { deskPath } from './onlyChoice';
import { resetQuestion } from './words';

export function DesktopCardView({ card }: { card: DesktopCard }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<CardAction | null>(null);
  const logOff = useLogOff();
  const reset = useReset();
  const viewer = useViewerFile();
  const state = cardState(card);
  const { session } = card;
  const missing = session === null ? [] : missingOf(session, 'your own disk').map(({ name }) => name);
  const busy = logOff.isPending || reset.isPending;
  const done = () => setAsking(null);
  const act = (action: CardAction) => {
    if (action === 'viewer' && session !== null) viewer.mutate(session);
    else setAsking(action);
  };
  const open = () => {
    markClick();
    void navigate(deskPath(card));
  };
  return (
    <Card isLarge isFullHeight className="mayfly-card" data-testid={`desktop-card-${card.pool}`}>
      <CardPicture card={card} />
      <CardHeader actions={{ actions: <CardMenu card={card} onAction={act} disabled={busy} />, hasNoOffset: true }}>
        <CardTitle component="h2">{card.displayName}</CardTitle>
      </CardHeader>
      <CardBody>
        <p data-testid={`desktop-state-${card.pool}`}><span className={`mayfly-dot mayfly-dot--${state.tone}`} aria-hidden="true" />{state.text}</p>
        {state.closed !== null && <p data-testid={`desktop-closed-${card.pool}`}>{state.closed}</p>}
        <p className="mayfly-subtle">{session === null ? card.image : `${session.machine}, since ${formatSince(session.startedAt, new Date())}`}</p>
        <p className="mayfly-subtle">{keptText(card)}</p>
        {session?.notice && <div className="mayfly-card__notice"><SessionNoticeView sessionId={session.id} notice={session.notice} /></div>}
        {missing.length > 0 && <p className="mayfly-card__notice" data-testid={`desktop-missing-${card.pool}`}><ExclamationTriangleIcon className="mayfly-warning" aria-hidden="true" /> Without {listOf(missing)}</p>}
        {viewer.error && <div className="mayfly-card__notice"><ProblemAlert error={viewer.error} variant="warning" testId={`desktop-viewer-problem-${card.pool}`} /></div>}
      </CardBody>
      <CardFooter>
        <Button size="lg" isBlock onClick={open} isLoading={busy} isDisabled={busy || state.verb === 'Closed now'} data-testid={`desktop-open-${card.pool}`} aria-label={`${state.verb}: ${card.displayName}`}>{state.verb}</Button>
      </CardFooter>
      {asking === 'logOff' && session !== null && (
        <ConfirmDialog title="Log off?" verb="Log off" busy={logOff.isPending} error={logOff.error} onConfirm={() => logOff.mutate(session.id, { onSuccess: done })} onCancel={done}>
          {logOffQuestion(card.assignment, session.volume !== null)}
        </ConfirmDialog>
      )}
      {asking === 'reset' && (
        <ConfirmDialog title={`Reset ${card.displayName}?`} verb="Reset" busy={reset.isPending} error={reset.error} onConfirm={() => reset.mutate(card.pool, { onSuccess: done })} onCancel={done}>
          {resetQuestion(card.assignment)}
        </ConfirmDialog>
      )}
    </Card>
  );
}
