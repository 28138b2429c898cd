import { Link } from 'react-router';
import type { VolumeView } from '../api/types';
import { formatBytes, formatDateTime, formatSince } from '../layout/format';
import { StateLabel } from '../layout/StateLabel';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import { useRights } from '../login/useRights';
import { useVolumeDetails } from './volumes';
import { describeKept, describePlace, formatMib } from './words';

export const volumeColumns: Column<VolumeView>[] = [
  { key: 'user', title: 'User', sort: ({ user }) => user, cell: ({ user }) => <User name={user} /> },
  { key: 'os', title: 'System', sort: ({ os }) => os, cell: ({ os }) => os },
  { key: 'keeps', title: 'Keeps', wrap: true, sort: ({ kind }) => kind, cell: ({ kind }) => describeKept(kind) },
  { key: 'size', title: 'Size', number: true, sort: ({ sizeMib }) => sizeMib, cell: ({ sizeMib }) => formatMib(sizeMib) },
  { key: 'used', title: 'Used', number: true, cell: ({ id }) => <Used id={id} /> },
  { key: 'state', title: 'State', sort: ({ state }) => state, cell: ({ state, user }) => <StateLabel state={state} testId={`volume-state-${user}`} /> },
  { key: 'machine', title: 'Machine', sort: ({ machine }) => machine, cell: describePlace },
  { key: 'attached', title: 'Last attached', sort: ({ attachedAt }) => attachedAt, cell: ({ attachedAt }) => attachedAt === null ? <span className="mayfly-subtle">never</span> : <time dateTime={attachedAt} title={formatDateTime(attachedAt)}>{formatSince(attachedAt, new Date())}</time> },
];

export const volumeFilters = (volumes: readonly VolumeView[]): Filter<VolumeView>[] => [
  { key: 'state', label: 'State', choices: choicesOf(volumes, ({ state }) => state), matches: ({ state }, value) => state === value },
  { key: 'os', label: 'System', choices: choicesOf(volumes, ({ os }) => os), matches: ({ os }, value) => os === value },
  { key: 'pool', label: 'Pool', choices: choicesOf(volumes, ({ pool }) => pool), matches: ({ pool }, value) => pool === value },
];

export const volumeTexts = ({ user, machine, os, pool }: VolumeView) => [user, machine, os, pool];

function User({ name }: { name: string }) {
  const { mayAnywhere } = useRights();
  return mayAnywhere('ViewUsers') ? <Link to={`/helpdesk/${encodeURIComponent(name)}`}>{name}</Link> : <>{name}</>;
}

/** What it takes of the host's disk, snapshots included; a dash until that is known. */
function Used({ id }: { id: string }) {
  const { data, error } = useVolumeDetails(id);
  if (data) return <span title="On the host's disk, snapshots included">{formatBytes(data.bytes)}</span>;
  return <span className="mayfly-subtle" title={error === null ? 'Being read' : error.message}>{error === null ? '–' : 'unknown'}</span>;
}
