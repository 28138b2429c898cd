import { Button, Label } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meKey } from '../api/queryClient';
import type { MeView } from '../api/types';
import { CodesOnce } from './CodesOnce';
import { FactorSetup } from './FactorSetup';
import { RemoveFactorDialog } from './RemoveFactorDialog';
import { Section } from './Section';

/** The second factor: whether there is one, setting it up, taking it away. */
export function FactorSection({ me }: { me: MeView }) {
  const client = useQueryClient();
  const [settingUp, setSettingUp] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [removing, setRemoving] = useState(false);
  const confirmed = (made: readonly string[]) => {
    setCodes(made);
    setSettingUp(false);
    void client.invalidateQueries({ queryKey: meKey });
  };
  const action = me.secondFactor
    ? <Button variant="secondary" isDanger data-testid="factor-remove" onClick={() => setRemoving(true)}>Remove</Button>
    : <Button variant="secondary" data-testid="factor-begin" onClick={() => setSettingUp(!settingUp)}>{settingUp ? 'Cancel' : 'Set up'}</Button>;
  return (
    <Section title="Second factor" actions={codes === null || me.secondFactor ? action : undefined} testId="profile-factor">
      {codes !== null && me.secondFactor && <CodesOnce codes={codes} />}
      {me.secondFactor ? <div><Label status="success" variant="outline">A code is asked for at sign-in</Label></div>
        : <p>With a second factor, your password alone lets nobody in: signing in takes a code of an app on your phone too.</p>}
      {settingUp && <FactorSetup onConfirmed={confirmed} />}
      {removing && <RemoveFactorDialog onClose={() => setRemoving(false)} onRemoved={() => { setRemoving(false); setCodes(null); }} />}
    </Section>
  );
}
