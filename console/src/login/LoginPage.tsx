import {
  ActionGroup, Button, Card, CardBody, CardTitle, Form, FormGroup, TextInput,
} from '@patternfly/react-core';
import { useState } from 'react';
import { Mark } from '../layout/Mark';
import { ProblemAlert } from '../layout/ProblemAlert';
import { ThemeSwitch } from '../layout/ThemeSwitch';
import { useTitle } from '../layout/useTitle';
import { useLogin } from './me';
import './login.css';

export function LoginPage() {
  useTitle('Log in');
  const login = useLogin();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  return (
    <main className="mayfly-login">
      <div className="mayfly-login__theme"><ThemeSwitch /></div>
      <div className="mayfly-login__brand"><Mark className="mayfly-login__mark" /><span>Mayfly</span></div>
      <Card isLarge className="mayfly-login__card">
        <CardTitle component="h1">Log in to your desktops</CardTitle>
        <CardBody>
          <Form data-testid="login-form" onSubmit={(event) => { event.preventDefault(); login.mutate({ user: user.trim(), password }); }}>
            {login.error && <ProblemAlert error={login.error} testId="login-problem" />}
            <FormGroup label="User name" fieldId="user">
              <TextInput id="user" data-testid="login-user" name="username" autoComplete="username" autoFocus isRequired value={user} onChange={(_, value) => setUser(value)} />
            </FormGroup>
            <FormGroup label="Password" fieldId="password">
              <TextInput id="password" data-testid="login-password" name="password" type="password" autoComplete="current-password" isRequired value={password} onChange={(_, value) => setPassword(value)} />
            </FormGroup>
            <ActionGroup>
              <Button type="submit" size="lg" isBlock data-testid="login-submit" isLoading={login.isPending} isDisabled={login.isPending || user === '' || password === ''}>Log in</Button>
            </ActionGroup>
          </Form>
        </CardBody>
      </Card>
      <p className="mayfly-login__note">A fresh desktop, each time you open one.</p>
    </main>
  );
}
