import { useState } from 'react';
import { problemFromError } from '../api/problem';
import type { LoginRequest } from '../api/types';
import { useTitle } from '../layout/useTitle';
import { CodeForm } from './CodeForm';
import { LoginNotice } from './LoginNotice';
import { useLogin } from './me';
import { PasswordForm } from './PasswordForm';
import { Providers } from './Providers';
import { SignInFrame } from './SignInFrame';
import { useWays } from './ways';

const wantsCode = (error: unknown): boolean => error !== null && problemFromError(error).code === 'SecondFactorRequired';

/** Asks who somebody is: a name and a password, then a code where one is set up; or another house that knows them. */
export function LoginPage() {
  useTitle('Log in');
  const ways = useWays();
  const login = useLogin();
  // What was right so far, while the code is asked for.
  const [first, setFirst] = useState<LoginRequest | null>(null);
  const begin = (request: LoginRequest, refused: () => void) =>
    login.mutate(request, { onError: (error) => { if (wantsCode(error)) { setFirst(request); login.reset(); } else refused(); } });
  const restart = () => { setFirst(null); login.reset(); };
  if (first !== null) {
    // The password may be changed while the code is looked for; then all of it is asked again.
    const confirm = (code: string, refused: () => void) => login.mutate({ ...first, code }, { onError: (error) => { if (wantsCode(error)) refused(); else setFirst(null); } });
    return <SignInFrame title="Confirm that it is you"><CodeForm error={login.error} busy={login.isPending} onSubmit={confirm} onBack={restart} /></SignInFrame>;
  }
  return (
    <SignInFrame title="Log in to your desktops" note="A fresh desktop, each time you open one.">
      {ways.text && <p className="mayfly-login__text" data-testid="login-text">{ways.text}</p>}
      {login.isIdle && <LoginNotice />}
      <PasswordForm directories={ways.directories} error={login.error} busy={login.isPending} onSubmit={begin} />
      <Providers providers={ways.providers} />
    </SignInFrame>
  );
}
