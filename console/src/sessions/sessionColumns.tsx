import { Button, Popover } from '@patternfly/react-core';
import { ExclamationTriangleIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import type { SessionView } from '../api/types';
import { formatDateTime, formatSince } from '../layout/format';
import { mainPart } from '../layout/inMain';
import { StateLabel } from '../layout/StateLabel';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import { describeAll, describeAttached, missingOf } from './attached';
import { AttachedList } from './AttachedList';
import { LogonTimeline } from './LogonTimeline';
import { describeEnd, describeLogon, describeSpan, lastedMs, logonMs, stateOf } from './words';

const time = (at: string | null): ReactNode => at === null ? null : <time dateTime={at} title={formatDateTime(at)}>{formatSince(at, new Date())}</time>;

/** The columns of open sessions, or of those that ended. */
export function sessionColumns(ended: boolean, linkUser: (name: string) => ReactNode): Column<SessionView>[] {
  const now = new Date();
  const columns: (Column<SessionView> | null)[] = [
    { key: 'user', title: 'User', sort: ({ user }) => user, cell: ({ user }) => linkUser(user) },
    ended ? null : { key: 'state', title: 'State', sort: stateOf, cell: (session) => <StateLabel state={stateOf(session)} testId={`session-state-${session.machine}`} /> },
    { key: 'pool', title: 'Pool', sort: ({ pool }) => pool, cell: ({ pool }) => pool },
    { key: 'machine', title: 'Machine', sort: ({ machine }) => machine, cell: ({ machine }) => machine },
    { key: 'began', title: 'Began', sort: ({ startedAt }) => startedAt, cell: ({ startedAt }) => time(startedAt) },
    { key: 'lasted', title: ended ? 'Lasted' : 'Lasts', number: true, sort: (session) => lastedMs(session, now), cell: (session) => describeSpan(lastedMs(session, now)) },
    ended
      ? { key: 'ended', title: 'Ended', sort: ({ endedAt }) => endedAt, cell: ({ endedAt, endedBy }) => <>{time(endedAt)} <span className="mayfly-subtle">{describeEnd(endedBy)}</span></> }
      : { key: 'input', title: 'Last input', sort: ({ lastInputAt }) => lastInputAt, cell: ({ lastInputAt }) => time(lastInputAt) },
    { key: 'logon', title: 'Logon', number: true, sort: logonMs, cell: (session) => <Logon session={session} /> },
    { key: 'attached', title: 'Attached', sort: describeAll, cell: (session) => <Attached session={session} /> },
    { key: 'address', title: 'From', sort: ({ clientAddress }) => clientAddress, cell: ({ clientAddress, client }) => <>{clientAddress}{client === 'Viewer' && <span className="mayfly-subtle"> viewer</span>}</> },
  ];
  return columns.filter((column) => column !== null);
}

export const sessionFilters = (sessions: readonly SessionView[], ended: boolean): Filter<SessionView>[] => [
  ...(ended ? [] : [{ key: 'state', label: 'State', choices: [{ value: 'Connected', label: 'Connected' }, { value: 'Disconnected', label: 'Disconnected' }], matches: (session: SessionView, value: string) => stateOf(session) === value }]),
  { key: 'attached', label: 'Attached', choices: [{ value: 'missing', label: 'Something is missing' }], matches: (session) => missingOf(session).length > 0 },
  { key: 'pool', label: 'Pool', choices: choicesOf(sessions, ({ pool }) => pool), matches: ({ pool }, value) => pool === value },
];

export const sessionTexts = ({ user, machine, pool, clientAddress, apps }: SessionView) => [user, machine, pool, clientAddress, ...apps.map(({ displayName }) => displayName)];

function Logon({ session }: { session: SessionView }) {
  if (session.timeline.length === 0) return null;
  return (
    <Popover appendTo={mainPart} headerComponent="h2" headerContent={`Logon of ${session.user}`} bodyContent={<LogonTimeline steps={session.timeline} />} aria-label={`Steps of the logon of ${session.user}`}>
      <Button variant="link" isInline aria-label={`Logon of ${session.user}: ${describeLogon(session)}; show its steps`}>{describeLogon(session)}</Button>
    </Popover>
  );
}

const width = 'min(26rem, calc(100vw - 2rem))';

/** The sign beside it tells that something is missing. */
const shortOf = (session: SessionView): string => describeAttached(session) || (missingOf(session).length > 0 ? 'missing' : 'on demand');

/** Its applications and volume in a word, with the whole list behind it. */
function Attached({ session }: { session: SessionView }) {
  const text = describeAll(session);
  if (text === '') return null;
  const { user } = session;
  return (
    <Popover appendTo={mainPart} minWidth={width} maxWidth={width} headerComponent="h2" headerContent={`Attached for ${user}`} bodyContent={<AttachedList session={session} />} aria-label={`Applications and volume of ${user}`}>
      <Button variant="link" isInline data-testid={`session-attached-${session.machine}`} {...(missingOf(session).length > 0 ? { icon: <ExclamationTriangleIcon className="mayfly-warning" /> } : {})} aria-label={`Attached for ${user}: ${text}; show it`}>{shortOf(session)}</Button>
    </Popover>
  );
}
