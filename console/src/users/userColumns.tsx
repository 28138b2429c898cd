import { Label, LabelGroup } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { UserView } from '../api/types';
import { formatDateTime, formatSince } from '../layout/format';
import { choicesOf, type Column, type Filter } from '../layout/table/columns';
import { isLocked } from './userActions';

export const userColumns = (linked: boolean): Column<UserView>[] => [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => linked ? <Link to={`/helpdesk/${encodeURIComponent(name)}`}>{name}</Link> : name },
  { key: 'shown', title: 'Shown as', sort: ({ displayName }) => displayName, cell: ({ displayName }) => displayName },
  { key: 'state', title: 'State', sort: ({ enabled }) => enabled ? 1 : 0, cell: (user) => <UserState user={user} /> },
  { key: 'source', title: 'From', sort: ({ source }) => source, cell: ({ source }) => source },
  { key: 'factor', title: 'Second factor', sort: ({ secondFactor }) => secondFactor ? 1 : 0, cell: ({ secondFactor }) => secondFactor ? 'on' : <span className="mayfly-subtle">off</span> },
  { key: 'groups', title: 'Groups', wrap: true, cell: ({ groups, name }) => groups.length > 0 && <LabelGroup aria-label={`Groups of ${name}`} numLabels={3}>{groups.map((group) => <Label key={group} isCompact variant="outline">{group}</Label>)}</LabelGroup> },
  { key: 'seen', title: 'Last sign-in', sort: ({ lastSignInAt }) => lastSignInAt, cell: ({ lastSignInAt }) => lastSignInAt === null ? <span className="mayfly-subtle">never</span> : <time dateTime={lastSignInAt} title={formatDateTime(lastSignInAt)}>{formatSince(lastSignInAt, new Date())}</time> },
];

export const userFilters = (users: readonly UserView[]): Filter<UserView>[] => [
  {
    key: 'state', label: 'State', choices: [{ value: 'enabled', label: 'Enabled' }, { value: 'disabled', label: 'Disabled' }, { value: 'locked', label: 'Locked' }, { value: 'administrator', label: 'Administrators' }],
    matches: (user, value) => value === 'locked' ? isLocked(user, new Date()) : value === 'administrator' ? user.administrator : user.enabled === (value === 'enabled'),
  },
  { key: 'source', label: 'From', choices: choicesOf(users, ({ source }) => source), matches: ({ source }, value) => source === value },
];

export function UserState({ user }: { user: UserView }) {
  return (
    <>
      {user.enabled ? <Label isCompact variant="outline" status="success">Enabled</Label> : <Label isCompact variant="outline" status="warning">Disabled</Label>}
      {isLocked(user, new Date()) && <> <Label isCompact variant="outline" status="danger">Locked</Label></>}
      {user.administrator && <> <Label isCompact color="purple">Administrator</Label></>}
    </>
  );
}
