import { Button, Divider } from '@patternfly/react-core';
import { useLocation } from 'react-router';
import { apiBase, segment } from '../api/http';
import type { SignInWay } from '../api/types';

/** A button for each other house that says who somebody is. They lead away from this page and back to where the person wanted to go. */
export function Providers({ providers }: { providers: readonly SignInWay[] }) {
  const { pathname } = useLocation();
  if (providers.length === 0) return null;
  return (
    <div className="mayfly-login__providers" data-testid="login-providers">
      <Divider />
      {providers.map(({ name, displayName }) => (
        <Button key={name} component="a" variant="secondary" size="lg" isBlock href={`${apiBase}/sign-in/${segment(name)}?to=${encodeURIComponent(pathname)}`} data-testid={`login-provider-${name}`}>
          Sign in with {displayName}
        </Button>
      ))}
    </div>
  );
}
