import { useState } from 'react';
import type { WorkspaceView } from '../api/types';
import { useApps } from '../apps/apps';
import { CheckField, SelectField, TextField } from '../layout/fields';
import { FormDialog } from '../layout/FormDialog';
import { NamePicker } from '../layout/NamePicker';
import { usePools } from '../pools/pools';
import { useGroups } from '../users/groups';
import { useUsers } from '../users/users';
import { emptyWorkspace, useWorkspaceChange, workspaceCalls } from './workspaces';

/** All that people get, in one form. */
export function WorkspaceDialog({ workspace, onClose }: { workspace: WorkspaceView | null; onClose: () => void }) {
  const [name, setName] = useState(workspace?.name ?? '');
  const [draft, setDraft] = useState({ ...emptyWorkspace, ...workspace?.workspace });
  const [users, groups, pools, apps] = [useUsers(), useGroups(), usePools(), useApps()];
  const save = useWorkspaceChange(() => workspaceCalls.set(name.trim(), draft));
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const valid = name.trim() !== '' && draft.displayName.trim() !== '' && draft.pool !== '' && draft.users.length + draft.groups.length > 0;
  const poolChoices = (pools.data ?? []).map((pool) => ({ value: pool.name, label: pool.displayName === pool.name ? pool.name : `${pool.displayName} (${pool.name})` }));
  return (
    <FormDialog
      wide testId="workspace" title={workspace?.workspace.displayName ?? 'A new workspace'} verb="Save and give" busy={save.isPending} valid={valid} error={save.error}
      onSubmit={() => save.mutate(undefined, { onSuccess: onClose })} onClose={onClose}
    >
      {workspace === null && <TextField id="workspace-name" label="Name" required value={name} onChange={setName} help="1 to 63 of a-z, 0-9, '.', '_' and '-'" />}
      <TextField id="workspace-shown" label="Shown as" required value={draft.displayName} onChange={(displayName) => change({ displayName })} />
      <NamePicker id="workspace-users" label="Users" chosen={draft.users} choices={users.data ?? []} onChange={(next) => change({ users: [...next] })} none="No single user" />
      <NamePicker id="workspace-groups" label="Groups" chosen={draft.groups} choices={groups.data ?? []} onChange={(next) => change({ groups: [...next] })} none="No group" />
      <SelectField id="workspace-pool" label="Desktops of" required value={draft.pool} choices={[{ value: '', label: 'Choose a pool', disabled: true }, ...poolChoices]} onChange={(pool) => change({ pool })} />
      <NamePicker id="workspace-apps" label="Applications" chosen={draft.apps} choices={apps.data ?? []} onChange={(next) => change({ apps: [...next] })} none="What the image has" />
      <CheckField id="workspace-persona" label="Settings follow users" checked={draft.persona} onChange={(persona) => change({ persona })} help="Of everybody who uses the pool; it has to be a floating one" />
      {workspace !== null && <p className="mayfly-subtle">Whoever is no longer named keeps what they have until it is taken back, in the entitlements of the pool and the assignments of the applications.</p>}
    </FormDialog>
  );
}
