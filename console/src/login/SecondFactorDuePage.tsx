import { Button } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meKey } from '../api/queryClient';
import { useTitle } from '../layout/useTitle';
import { CodesOnce } from '../profile/CodesOnce';
import { FactorSetup } from '../profile/FactorSetup';
import { useLogout } from './me';
import { SignInFrame } from './SignInFrame';

/** Nothing else is open to somebody who must have a second factor and has none. */
export function SecondFactorDuePage() {
  useTitle('Set up your second factor');
  const client = useQueryClient();
  const logout = useLogout();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <SignInFrame title="Set up your second factor">
      <div className="mayfly-login__steps" data-testid="second-factor-due">
        {codes === null
          ? (
            <>
              <p>Your house wants a second factor of everybody with a role. Set it up now to go on.</p>
              <FactorSetup onConfirmed={setCodes} />
              <Button variant="link" isInline data-testid="logout" onClick={() => logout.mutate()}>Sign out of Mayfly</Button>
            </>
          )
          : (
            <>
              <CodesOnce codes={codes} />
              <Button size="lg" isBlock data-testid="second-factor-go" onClick={() => void client.refetchQueries({ queryKey: meKey })}>I have kept them, go on</Button>
            </>
          )}
      </div>
    </SignInFrame>
  );
}
