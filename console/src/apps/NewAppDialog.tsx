import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog } from '../layout/FormDialog';
import { NumberField, TextField } from '../layout/fields';
import { appPage, useCreateApp } from './apps';
import { isAppName } from './words';

export function NewAppDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState({ name: '', displayName: '', description: '', precedence: 500 });
  const create = useCreateApp();
  const navigate = useNavigate();
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const submit = () => create.mutate({ ...draft, displayName: draft.displayName.trim() === '' ? null : draft.displayName.trim() }, { onSuccess: ({ name }) => void navigate(appPage(name)) });
  return (
    <FormDialog title="New application" verb="Make application" testId="app-dialog" busy={create.isPending} error={create.error} valid={isAppName(draft.name)} onSubmit={submit} onClose={onClose}>
      <TextField id="app-name" label="Name" required value={draft.name} onChange={(name) => change({ name })} help="1 to 63 of a-z, 0-9 and '-', such as 'firefox'" />
      <TextField id="app-display-name" label="Shown as" value={draft.displayName} onChange={(displayName) => change({ displayName })} help="What people read; the name when empty" />
      <TextField id="app-description" label="Description" value={draft.description} onChange={(description) => change({ description })} />
      <Precedence value={draft.precedence} onChange={(precedence) => change({ precedence })} />
    </FormDialog>
  );
}

export const Precedence = ({ value, onChange }: { value: number; onChange: (value: number) => void }) => (
  <NumberField id="app-precedence" label="Precedence" value={value} min={1} max={1000} step={10} onChange={onChange} help="Where two applications have the same file, that of the lower number wins" />
);
