import { Button, Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { DesktopCard } from '../api/types';
import { markClick } from '../display/marks';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { formatSince } from '../layout/format';
import { cardState, colourIndex, monogram } from './cardState';
import { useLogOff } from './desktops';

const colours = 6;

export function DesktopCardView({ card }: { card: DesktopCard }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const logOff = useLogOff();
  const state = cardState(card);
  const { session } = card;
  const open = () => {
    markClick();
    void navigate(session === null ? `/open/${encodeURIComponent(card.pool)}` : `/desktop/${encodeURIComponent(session.id)}`);
  };
  return (
    <Card isLarge className="mayfly-card" data-testid={`desktop-card-${card.pool}`}>
      <div className={`mayfly-card__picture mayfly-card__picture--${colourIndex(card.pool, colours)}`} aria-hidden="true">
        <span>{monogram(card.displayName)}</span>
      </div>
      <CardTitle component="h2">{card.displayName}</CardTitle>
      <CardBody>
        <p data-testid={`desktop-state-${card.pool}`}><span className={`mayfly-dot mayfly-dot--${state.tone}`} aria-hidden="true" />{state.text}</p>
        <p className="mayfly-subtle">{session === null ? card.image : `${session.machine}, since ${formatSince(session.startedAt, new Date())}`}</p>
      </CardBody>
      <CardFooter className="mayfly-card__actions">
        <Button size="lg" isBlock onClick={open} isDisabled={logOff.isPending} data-testid={`desktop-open-${card.pool}`}>{state.verb}</Button>
        {session !== null && (
          <Button variant="secondary" size="lg" isLoading={logOff.isPending} isDisabled={logOff.isPending} onClick={() => setAsking(true)} data-testid={`desktop-logoff-${card.pool}`}>Log off</Button>
        )}
      </CardFooter>
      {asking && session !== null && (
        <ConfirmDialog
          title="Log off?" verb="Log off" busy={logOff.isPending} error={logOff.error}
          onConfirm={() => logOff.mutate(session.id, { onSuccess: () => setAsking(false) })} onCancel={() => setAsking(false)}
        >
          This desktop is destroyed and unsaved work in it is lost. The next one you open is new.
        </ConfirmDialog>
      )}
    </Card>
  );
}
