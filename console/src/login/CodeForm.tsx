import { ActionGroup, Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { ProblemAlert } from '../layout/ProblemAlert';

interface Props { error: unknown; busy: boolean; onSubmit: (code: string, refused: () => void) => void; onBack: () => void }

/** The second step of signing in: a code of the person's app, or a recovery code. */
export function CodeForm({ error, busy, onSubmit, onBack }: Props) {
  const [code, setCode] = useState('');
  const clean = code.replaceAll(/\s/g, '');
  const submit = () => onSubmit(clean, () => { setCode(''); document.getElementById('code')?.focus(); });
  return (
    <Form data-testid="code-form" onSubmit={(event) => { event.preventDefault(); if (!busy && clean !== '') submit(); }}>
      {error !== null && <ProblemAlert error={error} testId="login-problem" />}
      <FormGroup label="Code" fieldId="code">
        <TextInput
          id="code" data-testid="login-code" name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} autoFocus isRequired aria-describedby="code-help"
          value={code} onChange={(_, value) => setCode(value)}
        />
        <FormHelperText>
          <HelperText id="code-help">
            <HelperTextItem>The six digits your authenticator app shows now. Without your app, type one of your recovery codes; each works once.</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <ActionGroup>
        <Button type="submit" size="lg" isBlock data-testid="login-code-submit" isLoading={busy} isDisabled={busy || clean === ''}>Continue</Button>
        <Button variant="link" isBlock data-testid="login-back" onClick={onBack}>Sign in as somebody else</Button>
      </ActionGroup>
    </Form>
  );
}
