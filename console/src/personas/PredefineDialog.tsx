import { useState } from 'react';
import { CheckField, SelectField } from '../layout/fields';
import { FormDialog } from '../layout/FormDialog';
import { usePools } from '../pools/pools';
import { useGroups } from '../users/groups';
import { useEnvironments, usePersona, usePersonas } from './personas';
import { predefinedCalls, usePredefinedChange } from './predefined';

const any = { value: '', label: 'Any' };

/** Makes what is kept of somebody what others begin with, or get in any case. */
export function PredefineDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState({ user: '', config: '', group: '', pool: '', environment: '', enforced: false });
  const [personas, groups, pools, environments] = [usePersonas(), useGroups(), usePools(), useEnvironments()];
  const parts = usePersona(draft.user, draft.user !== '').data?.parts.filter(({ versions }) => versions.some(({ state }) => state === 'Current')) ?? [];
  const add = usePredefinedChange(() => predefinedCalls.add({ user: draft.user, config: draft.config, version: null, group: draft.group || null, pool: draft.pool || null, enforced: draft.enforced, environment: draft.environment || null }));
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog
      testId="predefine" title="Predefine settings" verb="Predefine" busy={add.isPending} valid={draft.user !== '' && draft.config !== ''} error={add.error}
      onSubmit={() => add.mutate(undefined, { onSuccess: onClose })} onClose={onClose}
    >
      <SelectField
        id="predefine-user" label="Made of what is kept of" required value={draft.user} onChange={(user) => change({ user, config: '' })}
        choices={[{ value: '', label: 'Choose a user', disabled: true }, ...(personas.data ?? []).map(({ user }) => ({ value: user, label: user }))]}
        help="Others can read what is in it: choose somebody who set a desktop up for this"
      />
      <SelectField
        id="predefine-config" label="Flex config" required value={draft.config} onChange={(config) => change({ config })}
        choices={[{ value: '', label: 'Choose', disabled: true }, ...parts.map(({ config, displayName }) => ({ value: config, label: displayName }))]}
      />
      <SelectField id="predefine-group" label="For users of" value={draft.group} onChange={(group) => change({ group })} choices={[any, ...(groups.data ?? []).map(({ name }) => ({ value: name, label: name }))]} />
      <SelectField id="predefine-pool" label="On desktops of" value={draft.pool} onChange={(pool) => change({ pool })} choices={[any, ...(pools.data ?? []).map(({ name }) => ({ value: name, label: name }))]} />
      <SelectField id="predefine-environment" label="Where the condition is met of the environment" value={draft.environment} onChange={(environment) => change({ environment })} choices={[any, ...(environments.data ?? []).map(({ name }) => ({ value: name, label: name }))]} />
      <CheckField id="predefine-enforced" label="At each logon, over what the user has" checked={draft.enforced} onChange={(enforced) => change({ enforced })} help="Else only who has nothing of their own of it gets it" />
    </FormDialog>
  );
}
