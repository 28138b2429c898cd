import { FormGroup, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { useChangePassword } from './profile';

const least = 8;

/** Changes the person's own password. */
export function PasswordDialog({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== password;
  const valid = current !== '' && password.length >= least && again === password;
  return (
    <FormDialog title="Change password" verb="Change" testId="password-dialog" busy={change.isPending} error={change.error} valid={valid} onSubmit={() => change.mutate({ current, password }, { onSuccess: onChanged })} onClose={onClose}>
      <FormGroup label="Present password" fieldId="password-current" isRequired>
        <TextInput id="password-current" data-testid="password-current" type="password" autoComplete="current-password" isRequired autoFocus value={current} onChange={(_, value) => setCurrent(value)} />
      </FormGroup>
      <TextField id="password-new" label="New password" type="password" required value={password} onChange={setPassword} help={`At least ${least} characters. You are signed out everywhere else.`} />
      <TextField id="password-again" label="New password again" type="password" required value={again} onChange={setAgain} {...(differs ? { help: 'The two are not the same.' } : {})} />
    </FormDialog>
  );
}
