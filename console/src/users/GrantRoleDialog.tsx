import { useState } from 'react';
import type { GrantRoleRequest, Role } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { SelectField } from '../layout/fields';
import { usePools } from '../pools/pools';
import { useGroups } from './groups';
import { roles, useGrantRole } from './roles';
import { useUsers } from './users';

const kinds = [{ value: 'user', label: 'A user' }, { value: 'group', label: 'A group' }] as const;
const named = (rows: readonly { name: string; displayName: string | null }[] | undefined) =>
  (rows ?? []).map(({ name, displayName }) => ({ value: name, label: displayName === null || displayName === name ? name : `${displayName} (${name})` }));

export function GrantRoleDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<'user' | 'group'>('user');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('HelpDesk');
  const [pool, setPool] = useState('');
  const [users, groups, pools, grant] = [useUsers(), useGroups(), usePools(), useGrantRole()];
  const submit = () => {
    const request: GrantRoleRequest = kind === 'user' ? { role, user: name } : { role, group: name };
    if (pool !== '') request.pool = pool;
    grant.mutate(request, { onSuccess: onClose });
  };
  return (
    <FormDialog title="Give a role" verb="Give" testId="role-dialog" busy={grant.isPending} error={grant.error ?? users.error} valid={name !== ''} onSubmit={submit} onClose={onClose}>
      <SelectField id="role-kind" label="To" value={kind} choices={kinds} onChange={(next) => { setKind(next); setName(''); }} />
      <SelectField id="role-holder" label={kind === 'user' ? 'User' : 'Group'} required value={name} choices={[{ value: '', label: 'Choose', disabled: true }, ...named(kind === 'user' ? users.data : groups.data)]} onChange={setName} />
      <SelectField id="role-role" label="Role" value={role} choices={roles.map((known) => ({ value: known.role, label: `${known.title}: ${known.text}` }))} onChange={setRole} />
      <SelectField id="role-pool" label="Over" value={pool} choices={[{ value: '', label: 'The whole house' }, ...named(pools.data).map(({ value, label }) => ({ value, label: `The pool ${label}` }))]} onChange={setPool} help="Over a pool, what is not of pools is not given" />
    </FormDialog>
  );
}
