import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import type { MeView } from '../api/types';
import { Facts } from '../layout/Facts';
import { PasswordDialog } from './PasswordDialog';
import { Section } from './Section';

const sources: Record<string, string> = { local: 'Mayfly', host: 'The host itself' };

/** Who somebody is, and where that is known from: only a password that Mayfly keeps can be changed here. */
export function AccountSection({ me }: { me: MeView }) {
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  const source = Object.hasOwn(sources, me.source) ? sources[me.source] : me.source;
  const actions = me.source === 'local' ? <Button variant="secondary" data-testid="password-change" onClick={() => { setChanged(false); setChanging(true); }}>Change password</Button> : undefined;
  return (
    <Section title="Account" actions={actions} testId="profile-account">
      <Facts facts={[['Name', me.displayName], ['Login name', me.name], ['Known from', source]]} />
      <p role="status">{changed ? 'Your password is changed. You are signed out everywhere else.' : ''}</p>
      {changing && <PasswordDialog onClose={() => setChanging(false)} onChanged={() => { setChanging(false); setChanged(true); }} />}
    </Section>
  );
}
