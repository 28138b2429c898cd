import { useState } from 'react';
import type { AppView, AssignAppRequest } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { SelectField, TextField } from '../layout/fields';
import { useRights } from '../login/useRights';
import { usePools } from '../pools/pools';
import { useGroups } from '../users/groups';
import { useUsers } from '../users/users';
import { useAssign } from './apps';
import { emptyAssignment, toAssignRequest, type AssignmentDraft } from './assignmentDraft';
import { assignmentRule, deliveries } from './words';

const kinds = [{ value: 'group', label: 'A group' }, { value: 'user', label: 'A user' }, { value: 'pool', label: 'Everybody who opens a desktop of a pool' }] as const;
const titles = { user: 'User', group: 'Group', pool: 'Pool' } as const;

export function AssignDialog({ app, onClose }: { app: AppView; onClose: () => void }) {
  const [draft, setDraft] = useState(emptyAssignment);
  const assign = useAssign(app.name);
  const change = (part: Partial<AssignmentDraft>) => setDraft({ ...draft, ...part });
  const versions = app.packages.filter(({ stage }) => stage !== 'Retired').map(({ version }) => ({ value: version, label: `Version ${version}` }));
  const current = { value: '', label: app.current === null ? 'The current one: none yet, so nothing until one is made current' : `The current one, now ${app.current}` };
  const request: AssignAppRequest = toAssignRequest(draft);
  return (
    <FormDialog title={`Assign ${app.displayName}`} verb="Assign" testId="assign-dialog" busy={assign.isPending} error={assign.error} valid={draft.name !== ''} onSubmit={() => assign.mutate(request, { onSuccess: onClose })} onClose={onClose}>
      <SelectField id="assign-kind" label="To" value={draft.kind} choices={kinds} onChange={(kind) => change({ kind, name: '', delivery: kind !== 'pool' && draft.delivery === 'Provision' ? 'Logon' : draft.delivery })} />
      <HolderField draft={draft} onChange={(name) => change({ name })} />
      <SelectField id="assign-version" label="Version" value={draft.version} choices={[current, ...versions]} onChange={(version) => change({ version })} help="The current one follows when another is made current" />
      <SelectField
        id="assign-delivery" label="When" value={draft.delivery} onChange={(delivery) => change({ delivery })}
        choices={deliveries.map((choice) => ({ ...choice, disabled: choice.value === 'Provision' && draft.kind !== 'pool', label: choice.value === 'Provision' && draft.kind !== 'pool' ? 'With the machine: for pools only' : choice.label }))}
      />
      <p className="mayfly-subtle">{assignmentRule}</p>
    </FormDialog>
  );
}

/** Chosen out of those there are; typed by who may not see them. */
function HolderField({ draft: { kind, name }, onChange }: { draft: AssignmentDraft; onChange: (name: string) => void }) {
  const { may } = useRights();
  const seesUsers = may('ViewUsers');
  const [users, groups, pools] = [useUsers(seesUsers), useGroups(seesUsers), usePools()];
  if (kind !== 'pool' && !seesUsers) return <TextField id="assign-holder" label={titles[kind]} required value={name} onChange={onChange} help="Its name, as it is known here" />;
  const rows: readonly { name: string; displayName: string | null }[] = { user: users.data, group: groups.data, pool: pools.data }[kind] ?? [];
  const choices = rows.map((row) => ({ value: row.name, label: row.displayName === null || row.displayName === row.name ? row.name : `${row.displayName} (${row.name})` }));
  return <SelectField id="assign-holder" label={titles[kind]} required value={name} choices={[{ value: '', label: rows.length === 0 ? 'There is none yet' : 'Choose', disabled: true }, ...choices]} onChange={onChange} />;
}
