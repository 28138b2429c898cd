import type { IAction } from '@patternfly/react-table';
import { useState, type ReactNode } from 'react';
import { saveFile } from '../api/http';
import type { VolumeView } from '../api/types';
import { BulkDialog } from '../layout/BulkDialog';
import { useRights } from '../login/useRights';
import { GrowDialog } from './GrowDialog';
import { MoveDialog } from './MoveDialog';
import { RemoveDialog } from './RemoveDialog';
import { RestoreDialog } from './RestoreDialog';
import { volumeCalls, volumePath } from './volumes';
import { isFree, volumeName } from './words';

type Kind = 'grow' | 'snapshot' | 'restore' | 'enabled' | 'move' | 'remove';

/** What can be done to one volume, and the dialog of what was chosen. */
export function useVolumeMenu(): { rowActions: (volume: VolumeView) => IAction[]; dialog: ReactNode } {
  const { may } = useRights();
  const [open, setOpen] = useState<{ kind: Kind; volume: VolumeView } | null>(null);
  const rowActions = (volume: VolumeView): IAction[] => {
    const item = (kind: Kind, title: string, part: Partial<IAction> = {}): IAction => ({ title, onClick: () => setOpen({ kind, volume }), ...part });
    // Only one that no machine has can be worked on.
    const held = { isDisabled: !isFree(volume) };
    return [
      ...(isFree(volume) ? [] : [{ title: 'In use: its user has to log off first', isAriaDisabled: true }, { isSeparator: true }]),
      item('restore', 'Restore', held), item('snapshot', 'Take a snapshot', held), item('grow', 'Grow', held),
      item('enabled', volume.state === 'Disabled' ? 'Enable' : 'Disable'), ...(may('ViewUsers') ? [item('move', 'Move to another user', held)] : []),
      { title: 'Download', onClick: () => saveFile(volumePath(volume.id, '/file')), ...held },
      { isSeparator: true }, item('remove', 'Remove', { isDanger: isFree(volume), ...held }),
    ];
  };
  return { rowActions, dialog: open && <VolumeDialog {...open} onClose={() => setOpen(null)} /> };
}

function VolumeDialog({ kind, volume, onClose }: { kind: Kind; volume: VolumeView; onClose: () => void }) {
  const one = { nouns: 'volumes', names: [volume.id], labelOf: () => `the volume of ${volumeName(volume)}`, onClose };
  switch (kind) {
    case 'grow': return <GrowDialog volume={volume} onClose={onClose} />;
    case 'restore': return <RestoreDialog volume={volume} onClose={onClose} />;
    case 'move': return <MoveDialog volume={volume} onClose={onClose} />;
    case 'remove': return <RemoveDialog volume={volume} onClose={onClose} />;
    case 'snapshot': return <BulkDialog {...one} verb="Take a snapshot" harmless act={volumeCalls.snapshot}><p>What is on it now can be gone back to later.</p></BulkDialog>;
    case 'enabled': return volume.state === 'Disabled'
      ? <BulkDialog {...one} verb="Enable" harmless act={(id) => volumeCalls.enable(id, true)}><p>It is attached again from the next logon of {volume.user} on.</p></BulkDialog>
      : <BulkDialog {...one} verb="Disable" act={(id) => volumeCalls.enable(id, false)}><p>It is attached to no machine from the next logon of {volume.user} on. Nothing on it is lost{volume.state === 'Attached' ? '; the session in progress keeps it' : ''}.</p></BulkDialog>;
  }
}
