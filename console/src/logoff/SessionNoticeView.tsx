import type { SessionNotice } from '../api/types';
import { LogOffNotice } from './LogOffNotice';
import { MessageNotice } from './MessageNotice';
import { useMessageRead } from './useMessageRead';

interface Props { sessionId: string; notice: SessionNotice; onFold?: () => void }

/** What the user of a session must be told: a log-off that is coming, or a message. */
export function SessionNoticeView({ sessionId, notice, onFold }: Props) {
  const [read, putAway] = useMessageRead(sessionId);
  if (notice.logOffAt !== null) return <LogOffNotice message={notice.message} logOffAt={notice.logOffAt} {...(onFold ? { onFold } : {})} />;
  const { id } = notice;
  if (id !== null && id === read) return null;
  return <MessageNotice notice={notice} onClose={() => { putAway(id ?? ''); onFold?.(); }} />;
}
