import { ActionGroup, Button, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import type { LoginRequest, SignInWay } from '../api/types';
import { ProblemAlert } from '../layout/ProblemAlert';
import { SelectField } from '../layout/fields';

interface Props {
  directories: readonly SignInWay[]; error: unknown; busy: boolean;
  onSubmit: (request: LoginRequest, refused: () => void) => void;
}

/** Name and password, and where they are from when there is a choice. */
export function PasswordForm({ directories, error, busy, onSubmit }: Props) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [directory, setDirectory] = useState('');
  const submit = () => onSubmit({ user: user.trim(), password, ...(directory === '' ? {} : { directory }) }, () => {
    // Most often the password was mistyped: it is typed anew, with the rest kept.
    setPassword('');
    document.getElementById('password')?.focus();
  });
  return (
    <Form data-testid="login-form" onSubmit={(event) => { event.preventDefault(); if (!busy && user !== '' && password !== '') submit(); }}>
      {error !== null && <ProblemAlert error={error} testId="login-problem" />}
      <FormGroup label="User name" fieldId="user">
        <TextInput id="user" data-testid="login-user" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus isRequired value={user} onChange={(_, value) => setUser(value)} />
      </FormGroup>
      <FormGroup label="Password" fieldId="password">
        <TextInput id="password" data-testid="login-password" name="password" type="password" autoComplete="current-password" isRequired value={password} onChange={(_, value) => setPassword(value)} />
      </FormGroup>
      {directories.length > 1 && (
        <SelectField
          id="login-directory" label="Directory" value={directory} onChange={setDirectory}
          choices={[{ value: '', label: 'Any that knows the name' }, ...directories.map(({ name, displayName }) => ({ value: name, label: displayName }))]}
        />
      )}
      <ActionGroup>
        <Button type="submit" size="lg" isBlock data-testid="login-submit" isLoading={busy} isDisabled={busy || user === '' || password === ''}>Log in</Button>
      </ActionGroup>
    </Form>
  );
}
