import { useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { call, segment } from '../api/http';
import type { DisplayTicket } from '../api/types';
import { SessionNoticeView } from '../logoff/SessionNoticeView';
import { loggedOff, sessionEnded } from '../logoff/words';
import { useTitle } from '../layout/useTitle';
import { fetchDesktops, useDesktops, useLogOff } from '../portal/desktops';
import { useReturnToPortal } from '../portal/notice';
import { AppsMenu } from './AppsMenu';
import { AttachNotice } from './AttachNotice';
import type { DisplayDoor } from './connect';
import type { ToolSlot } from './DisplayToolbar';
import { DisplayView } from './DisplayView';
import { MissingNotice } from './MissingNotice';
import { useAttachApp } from './useAttachApp';
import type { OpenedFrom } from './openedFrom';

/** A user's own desktop, full window. */
export function DesktopPage() {
  const { sessionId = '' } = useParams();
  const path = `/sessions/${segment(sessionId)}`;
  // A session just opened is on no card yet; the page that opened it says which pool it is of.
  const from = useLocation().state as OpenedFrom | null;
  // Followed for a message, or a log-off that is announced, while the desktop is watched.
  const desktops = useDesktops().data;
  const found = desktops?.find((card) => card.session?.id === sessionId) ?? desktops?.find((card) => card.pool === from?.pool);
  // Once its session has ended no card tells any more what desktop it was.
  const [known, setKnown] = useState(found);
  if (found !== undefined && found !== known) setKnown(found);
  const card = found ?? known;
  const title = card?.displayName ?? from?.pool ?? 'your desktop';
  useTitle(title);
  const leave = useReturnToPortal();
  const logOff = useLogOff();
  const session = card?.session?.id === sessionId ? card.session : null;
  const attach = useAttachApp(sessionId);
  const [attachedRead, setAttachedRead] = useState(false);
  const door: DisplayDoor = {
    requestTicket: (signal) => call<DisplayTicket>('POST', `${path}/display-ticket`, { signal }),
    isOver: async (signal) => (await fetchDesktops(signal)).every((each) => each.session?.id !== sessionId),
    clipboard: card?.clipboard ?? 'Off',
    resize: (size, signal) => call('PUT', `${path}/screen`, { body: size, signal }),
  };
  const gone = () => leave({ tone: 'success', text: loggedOff(card?.assignment) });
  // It is told for the sake of the house's figures: a failure is nothing to the person at the screen.
  const shown = () => void call('PUT', `${path}/first-frame`).catch(() => undefined);
  return (
    <DisplayView
      door={door} title={title} since={from?.since} assignment={card?.assignment} hasDisk={session?.volume != null} onShown={shown} onLeave={() => leave()} logOff={logOff}
      notice={(onFold) => (
        <>
          {session?.notice && <SessionNoticeView sessionId={sessionId} notice={session.notice} onFold={onFold} />}
          {session && !attachedRead && <MissingNotice session={session} onClose={() => { setAttachedRead(true); onFold(); }} />}
          <AttachNotice attach={attach} onClose={() => { attach.reset(); onFold(); }} />
        </>
      )}
      {...(session && session.apps.length > 0 ? { tools: (menu: ToolSlot) => <AppsMenu apps={session.apps} attaching={attach.isPending ? attach.variables.app : null} onAttach={attach.mutate} {...menu} /> } : {})}
      onLogOff={() => logOff.mutate(sessionId, { onSuccess: gone })}
      onEnded={() => leave({ tone: 'info', text: sessionEnded(card?.assignment) })}
    />
  );
}
