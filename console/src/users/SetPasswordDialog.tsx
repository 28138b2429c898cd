import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { useSetPassword } from './users';

/** Answers the password made up, or null when one was given. */
export function SetPasswordDialog({ user, onClose, onSet }: { user: string; onClose: () => void; onSet: (made: string | null) => void }) {
  const [password, setPassword] = useState('');
  const set = useSetPassword(user);
  const submit = () => set.mutate(password === '' ? {} : { password }, { onSuccess: ({ generatedPassword }) => onSet(generatedPassword) });
  return (
    <FormDialog title={`Set the password of ${user}`} verb="Set password" testId="password-dialog" busy={set.isPending} error={set.error} valid={password === '' || password.length >= 8} onSubmit={submit} onClose={onClose}>
      <p>All their sign-ins end. Their desktops go on.</p>
      <TextField id="user-set-password" label="Password" type="password" value={password} onChange={setPassword} help="At least 8 characters. When empty, one is made up and shown once." />
    </FormDialog>
  );
}
