import { FormGroup, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import type { SessionView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { longestMessage, sessionCalls } from './sessions';

export type SessionActionId = 'message' | 'disconnect' | 'logoff';

/** What was chosen to be done, and to which sessions. */
export interface SessionIntent { action: SessionActionId; sessions: readonly SessionView[] }

export const sessionActions: readonly { id: SessionActionId; title: string }[] = [
  { id: 'message', title: 'Send message' }, { id: 'disconnect', title: 'Disconnect' }, { id: 'logoff', title: 'Log off' },
];

/** Asks once, then does it to each of the sessions. */
export function SessionDialog({ intent: { action, sessions }, onClose }: { intent: SessionIntent; onClose: (done: boolean) => void }) {
  const [message, setMessage] = useState('');
  const labels = new Map(sessions.map(({ id, user, machine }) => [id, `${user} on ${machine}`]));
  const shared = { nouns: 'sessions', names: sessions.map(({ id }) => id), labelOf: (id: string) => labels.get(id) ?? id, onClose };
  switch (action) {
    case 'message': return (
      <BulkDialog {...shared} verb="Send message" harmless act={(id) => sessionCalls.message(id, message.trim())} valid={message.trim() !== ''}>
        <FormGroup label="Message" fieldId="session-message" isRequired>
          <TextArea id="session-message" data-testid="session-message" value={message} rows={3} maxLength={longestMessage} resizeOrientation="vertical" aria-describedby="session-message-help" onChange={(_, next) => setMessage(next)} />
        </FormGroup>
        <p id="session-message-help" className="mayfly-subtle">They read it over their desktop, with your name. At most {longestMessage} characters.</p>
      </BulkDialog>
    );
    case 'disconnect': return (
      <BulkDialog {...shared} verb="Disconnect" harmless act={sessionCalls.disconnect}>
        <p>Their displays are closed. The desktops go on, and can be opened again where they were left.</p>
      </BulkDialog>
    );
    case 'logoff': return (
      <BulkDialog {...shared} verb="Log off" act={sessionCalls.logOff}>
        <p><strong>Unsaved work is lost.</strong> A floating machine is destroyed; a dedicated one is kept for its owner.</p>
        <ul>{sessions.map(({ id }) => <li key={id}>{labels.get(id)}</li>)}</ul>
      </BulkDialog>
    );
  }
}
