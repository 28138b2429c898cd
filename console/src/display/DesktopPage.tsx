import { useLocation, useParams } from 'react-router';
import { call, segment } from '../api/http';
import type { DisplayTicket } from '../api/types';
import { useTitle } from '../layout/useTitle';
import { fetchDesktops, useLogOff } from '../portal/desktops';
import { useReturnToPortal } from '../portal/notice';
import { useCardName } from '../portal/useCardName';
import type { DisplayDoor } from './connect';
import { DisplayView } from './DisplayView';

/** A user's own desktop, full window. */
export function DesktopPage() {
  const { sessionId = '' } = useParams();
  // A session just opened is on no card yet; the page that opened it says which pool it is of.
  const pool = (useLocation().state as { pool?: string } | null)?.pool;
  const title = useCardName((card) => card.session?.id === sessionId || card.pool === pool, pool ?? 'your desktop');
  useTitle(title);
  const leave = useReturnToPortal();
  const logOff = useLogOff();
  const door: DisplayDoor = {
    requestTicket: (signal) => call<DisplayTicket>('POST', `/sessions/${segment(sessionId)}/display-ticket`, { signal }),
    isOver: async (signal) => (await fetchDesktops(signal)).every((card) => card.session?.id !== sessionId),
  };
  const gone = () => leave({ tone: 'success', text: 'You have logged off. That desktop is gone; the next one you open is new.' });
  return (
    <DisplayView
      door={door} title={title} onLeave={() => leave()} logOff={logOff}
      onLogOff={() => logOff.mutate(sessionId, { onSuccess: gone })}
      onEnded={() => leave({ tone: 'info', text: 'Your session has ended and its desktop is gone. Open a desktop to start a new one.' })}
    />
  );
}
