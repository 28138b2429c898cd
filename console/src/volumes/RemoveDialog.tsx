import { useState } from 'react';
import type { VolumeView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { TextField } from '../layout/fields';
import { useVolumeChange, volumeCalls } from './volumes';
import { describeKept, volumeName } from './words';

/** Removes a volume for good; the name of its user is typed first. */
export function RemoveDialog({ volume, onClose }: { volume: VolumeView; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const remove = useVolumeChange(volume.id, () => volumeCalls.remove(volume.id));
  return (
    <ConfirmDialog title={`Remove the volume of ${volumeName(volume)}?`} verb="Remove for good" busy={remove.isPending} error={remove.error} valid={typed.trim() === volume.user} onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <div className="mayfly-stack">
        <p><strong>All that {volume.user} keeps on it is lost, snapshots too</strong>: {describeKept(volume.kind)}. This can not be undone. They get a new, empty one at the next logon.</p>
        <TextField id="volume-confirm" label={`Type ${volume.user} to confirm`} required value={typed} onChange={setTyped} />
      </div>
    </ConfirmDialog>
  );
}
