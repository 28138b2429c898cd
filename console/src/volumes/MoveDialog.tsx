import { useState } from 'react';
import type { VolumeView } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { SelectField } from '../layout/fields';
import { useUsers } from '../users/users';
import { useVolumeChange, volumeCalls } from './volumes';
import { volumeName } from './words';

export function MoveDialog({ volume, onClose }: { volume: VolumeView; onClose: () => void }) {
  const [user, setUser] = useState('');
  const users = useUsers();
  const move = useVolumeChange(volume.id, (to: string) => volumeCalls.move(volume.id, to));
  const choices = (users.data ?? []).filter(({ name }) => name !== volume.user).map(({ name, displayName }) => ({ value: name, label: displayName === name ? name : `${displayName} (${name})` }));
  return (
    <FormDialog title={`Move the volume of ${volumeName(volume)}`} verb="Move" testId="move-dialog" busy={move.isPending} error={move.error ?? users.error} valid={user !== ''} onSubmit={() => move.mutate(user, { onSuccess: onClose })} onClose={onClose}>
      <SelectField id="volume-user" label="To" required value={user} choices={[{ value: '', label: 'Choose a user', disabled: true }, ...choices]} onChange={setUser} help={`They get all that ${volume.user} kept on it. Who has a volume for ${volume.os} already is refused`} />
    </FormDialog>
  );
}
