import { Alert } from '@patternfly/react-core';
import { useLocation } from 'react-router';
import { useSignInOver } from './me';
import { providerProblem } from './providerProblem';

/** Why somebody is asked to log in who did not mean to: coming back from a provider in vain, or the sign-in has ended. */
export function LoginNotice() {
  const over = useSignInOver();
  const back = providerProblem(new URLSearchParams(useLocation().search).get('problem'));
  if (back !== null) {
    return (
      <Alert isInline component="p" variant="warning" className="mayfly-login__problem" title={back.message} role="alert" data-testid="login-provider-problem">
        <p>{back.remedy}</p>
        <p className="mayfly-code">{back.code}</p>
      </Alert>
    );
  }
  if (!over) return null;
  return (
    <Alert isInline component="p" variant="info" className="mayfly-login__problem" title="Your sign-in has ended" role="alert" data-testid="login-over">
      Log in again to go on where you were.
    </Alert>
  );
}
