import { Checkbox } from '@patternfly/react-core';
import { useState } from 'react';
import type { AddUserRequest, UserAdded } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { useAddUser } from './users';

export function AddUserDialog({ onClose, onAdded }: { onClose: () => void; onAdded: (added: UserAdded) => void }) {
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [administrator, setAdministrator] = useState(false);
  const add = useAddUser();
  const submit = () => {
    const request: AddUserRequest = { name, administrator };
    if (displayName !== '') request.displayName = displayName;
    if (password !== '') request.password = password;
    add.mutate(request, { onSuccess: onAdded });
  };
  return (
    <FormDialog title="Add user" verb="Add" testId="user-dialog" busy={add.isPending} error={add.error} valid={name !== '' && (password === '' || password.length >= 8)} onSubmit={submit} onClose={onClose}>
      <TextField id="user-name" label="Login name" required value={name} onChange={setName} help="1 to 63 of a-z, 0-9, '.', '_' and '-'" />
      <TextField id="user-display-name" label="Shown as" value={displayName} onChange={setDisplayName} help="The login name when empty" />
      <TextField id="user-new-password" label="Password" type="password" value={password} onChange={setPassword} help="At least 8 characters. When empty, one is made up and shown once." />
      <Checkbox id="user-administrator" data-testid="user-administrator" label="Administrator of this house" isChecked={administrator} onChange={(_, on) => setAdministrator(on)} />
    </FormDialog>
  );
}
