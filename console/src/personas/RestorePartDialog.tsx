import { FormGroup, Radio } from '@patternfly/react-core';
import { useState } from 'react';
import type { PersonaPartView, PersonaVersionView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { formatBytes, formatDateTime } from '../layout/format';
import { personaCalls, usePersonaChange } from './personas';

const describe = ({ savedAt, machine, bytes, state }: PersonaVersionView): string =>
  `${formatDateTime(savedAt)}, on ${machine}, ${formatBytes(bytes)}${state === 'Held' ? ' – held back: it had lost more than half' : ''}`;

/** Has the next desktop get another version of one part of somebody's settings. */
export function RestorePartDialog({ user, part, onClose }: { user: string | null; part: PersonaPartView; onClose: () => void }) {
  const [chosen, setChosen] = useState('');
  const restore = usePersonaChange((version: string) => personaCalls.restore(user, part.config, version));
  return (
    <ConfirmDialog
      title={`Restore ${part.displayName}?`} verb="Restore" harmless busy={restore.isPending} error={restore.error} valid={chosen !== ''}
      onConfirm={() => restore.mutate(chosen, { onSuccess: onClose })} onCancel={onClose}
    >
      <div className="mayfly-stack">
        <p>The next desktop gets what was saved then. A desktop that is open now goes on as it is, and is not saved over it. What counted until now stays in this list.</p>
        <FormGroup role="radiogroup" label="Back to what was saved at">
          {part.versions.filter(({ state }) => state !== 'Current').map((version) => (
            <Radio key={version.id} id={`version-${version.id}`} data-testid={`version-${version.id}`} name="version" label={describe(version)} isChecked={chosen === version.id} onChange={() => setChosen(version.id)} />
          ))}
        </FormGroup>
      </div>
    </ConfirmDialog>
  );
}
