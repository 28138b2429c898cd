import { FormGroup, Radio } from '@patternfly/react-core';
import { useState } from 'react';
import type { VolumeView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { formatDateTime } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import { useVolumeChange, useVolumeDetails, volumeCalls } from './volumes';
import { volumeName } from './words';

/** Takes a volume back to what it was at some moment. */
export function RestoreDialog({ volume, onClose }: { volume: VolumeView; onClose: () => void }) {
  const details = useVolumeDetails(volume.id);
  const [chosen, setChosen] = useState('');
  const restore = useVolumeChange(volume.id, (snapshot: string) => volumeCalls.restore(volume.id, snapshot));
  return (
    <ConfirmDialog title={`Restore the volume of ${volumeName(volume)}?`} verb="Restore" busy={restore.isPending} error={restore.error} valid={chosen !== ''} onConfirm={() => restore.mutate(chosen, { onSuccess: onClose })} onCancel={onClose}>
      <Loaded query={details} label="snapshots">
        {({ snapshots }) => snapshots.length === 0 ? <p>There is no snapshot of it yet. One is taken before each logon, if the pool keeps any, and by &quot;Take a snapshot&quot;.</p> : (
          <div className="mayfly-stack">
            <p><strong>What {volume.user} has changed on it since then is gone from it.</strong> A snapshot of what it holds now is taken first, so that this can be undone.</p>
            <FormGroup role="radiogroup" label="Back to what it was at">
              {snapshots.map(({ id, takenAt }) => <Radio key={id} id={`snapshot-${id}`} data-testid={`snapshot-${id}`} name="snapshot" label={formatDateTime(takenAt)} isChecked={chosen === id} onChange={() => setChosen(id)} />)}
            </FormGroup>
          </div>
        )}
      </Loaded>
    </ConfirmDialog>
  );
}
