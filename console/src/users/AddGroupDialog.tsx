import { useState } from 'react';
import type { AddGroupRequest } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { SelectField, TextField } from '../layout/fields';
import { useDirectories } from '../settings/directories';
import { useAddGroup } from './groups';

export function AddGroupDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [directory, setDirectory] = useState('');
  const [externalName, setExternalName] = useState('');
  const directories = useDirectories();
  const add = useAddGroup();
  const local = directory === '';
  const submit = () => {
    const request: AddGroupRequest = { name };
    if (displayName !== '') request.displayName = displayName;
    if (!local) { request.directory = directory; request.externalName = externalName; }
    add.mutate(request, { onSuccess: onClose });
  };
  return (
    <FormDialog title="Add group" verb="Add" testId="group-dialog" busy={add.isPending} error={add.error} valid={name !== '' && (local || externalName !== '')} onSubmit={submit} onClose={onClose}>
      <TextField id="group-name" label="Name" required value={name} onChange={setName} help="1 to 63 of a-z, 0-9, '.', '_' and '-'" />
      <TextField id="group-display-name" label="Shown as" value={displayName} onChange={setDisplayName} help="The name when empty" />
      <SelectField
        id="group-directory" label="Who is in it" value={directory} onChange={setDirectory}
        choices={[{ value: '', label: 'Said here: a local group' }, ...(directories.data ?? []).map((known) => ({ value: known.name, label: `Said by the directory ${known.name}` }))]}
      />
      {!local && <TextField id="group-external-name" label="Its name there" required value={externalName} onChange={setExternalName} help="A distinguished name, a common name, or the value of the groups claim" />}
    </FormDialog>
  );
}
