import { useState } from 'react';
import type { UserView } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { useChangeUser } from './users';

export function EditUserDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const [displayName, setDisplayName] = useState(user.displayName);
  const change = useChangeUser(user.name);
  return (
    <FormDialog title={`Rename ${user.name}`} verb="Save" testId="user-edit-dialog" busy={change.isPending} error={change.error} valid={displayName.trim() !== ''} onSubmit={() => change.mutate({ displayName: displayName.trim() }, { onSuccess: onClose })} onClose={onClose}>
      <TextField id="user-edit-display-name" label="Shown as" required value={displayName} onChange={setDisplayName} help="The login name stays" />
    </FormDialog>
  );
}
