import type { IAction } from '@patternfly/react-table';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { SessionView } from '../api/types';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { consoleOf } from '../machines/machineColumns';
import { SessionDialog, sessionActions, type SessionIntent } from './SessionDialog';
import { sessionColumns, sessionFilters, sessionTexts } from './sessionColumns';

interface Props { sessions: readonly SessionView[]; ended: boolean; prefix?: string; actions?: ReactNode; drop?: readonly string[]; plain?: boolean }

/** Sessions with all that the reader may do to them. */
export function SessionsTable({ sessions, ended, prefix = '', actions, drop = [], plain = false }: Props) {
  const { may, mayAnywhere } = useRights();
  const navigate = useNavigate();
  const [intent, setIntent] = useState<(SessionIntent & { clear: () => void }) | null>(null);
  const operable = ({ pool, endedAt }: SessionView) => endedAt === null && may('OperateSessions', pool);
  const acts = !ended && sessions.some(operable);
  const bulk = (chosen: readonly SessionView[], clear: () => void) => sessionActions.map(({ id, title }) => {
    const able = chosen.filter((session) => operable(session) && (id !== 'disconnect' || session.connected));
    return { title: able.length === chosen.length ? title : `${title} (${able.length} of ${chosen.length})`, testId: `bulk-${id}`, danger: id === 'logoff', disabled: able.length === 0, onClick: () => setIntent({ action: id, sessions: able, clear }) };
  });
  const rowActions = (session: SessionView): IAction[] => [
    ...(may('WatchMachines', session.pool) && session.endedAt === null ? [{ title: 'Open console', onClick: () => void navigate(consoleOf(session.machine)) }] : []),
    ...(operable(session) ? sessionActions.map(({ id, title }): IAction => ({
      title, isDanger: id === 'logoff', isDisabled: id === 'disconnect' && !session.connected, onClick: () => setIntent({ action: id, sessions: [session], clear: () => undefined }),
    })) : []),
  ];
  const linkUser = mayAnywhere('ViewUsers') ? (name: string) => <Link to={`/helpdesk/${encodeURIComponent(name)}`}>{name}</Link> : (name: string) => name;
  return (
    <>
      <DataTable
        id="sessions" label={ended ? 'Ended sessions' : 'Sessions'} rows={sessions} plain={plain} prefix={prefix} rowKey={({ id }) => id} rowTestId={({ machine }) => `session-${machine}`}
        columns={sessionColumns(ended, linkUser).filter(({ key }) => !drop.includes(key))} filters={sessionFilters(sessions, ended).filter(({ key }) => !drop.includes(key))}
        search={{ hint: 'User, machine, address', texts: sessionTexts }} actions={actions} bulk={acts ? bulk : undefined} rowActions={acts ? rowActions : undefined}
        empty={ended ? { title: 'No session has ended yet' } : { title: 'No sessions', text: 'A session begins when somebody opens a desktop.' }}
      />
      {intent && <SessionDialog intent={intent} onClose={(done) => { if (done) intent.clear(); setIntent(null); }} />}
    </>
  );
}
