import type { HostView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { hostCalls, useHostChange } from './hosts';

interface Props { host: HostView; othersTake: boolean; onClose: () => void }

/** Begins or ends the maintenance of a host, once it was said what that does. */
export function MaintenanceDialog({ host: { name, maintenance, inUse }, othersTake, onClose }: Props) {
  const change = useHostChange(() => hostCalls.maintain(name, !maintenance));
  const verb = maintenance ? 'End maintenance' : 'Begin maintenance';
  return (
    <ConfirmDialog title={`${verb} of ${name}?`} verb={verb} harmless={maintenance || othersTake} busy={change.isPending} error={change.error} onConfirm={() => change.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      {maintenance ? <p>It takes machines again.</p> : (
        <div className="mayfly-stack mayfly-stack--tight">
          <p>Nothing new is made on it. Machines that nobody uses go, and are made on other hosts.</p>
          <p>{inUse === 0 ? 'Nobody uses a desktop on it.' : `Desktops in use stay until their users log off: ${inUse} now.`} Machines that have owners stay, too: they are where their disks are.</p>
          {!othersTake && <p><strong>No other host takes machines now</strong>: until one does, nobody who has no desktop gets one.</p>}
        </div>
      )}
    </ConfirmDialog>
  );
}
