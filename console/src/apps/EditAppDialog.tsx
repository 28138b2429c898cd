import { useState } from 'react';
import type { AppView } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { useChangeApp } from './apps';
import { Precedence } from './NewAppDialog';

export function EditAppDialog({ app, onClose }: { app: AppView; onClose: () => void }) {
  const [draft, setDraft] = useState({ displayName: app.displayName, description: app.description, precedence: app.precedence });
  const set = useChangeApp(app.name);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog title={`Edit ${app.displayName}`} verb="Save" testId="app-edit-dialog" busy={set.isPending} error={set.error} valid={draft.displayName.trim() !== ''} onSubmit={() => set.mutate(draft, { onSuccess: onClose })} onClose={onClose}>
      <TextField id="app-display-name" label="Shown as" required value={draft.displayName} onChange={(displayName) => change({ displayName })} help="What people read" />
      <TextField id="app-description" label="Description" value={draft.description} onChange={(description) => change({ description })} />
      <Precedence value={draft.precedence} onChange={(precedence) => change({ precedence })} />
    </FormDialog>
  );
}
