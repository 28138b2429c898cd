import type { HostView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { hostCalls, useHostChange } from './hosts';
import { countMachines } from './words';

/** Removes a host from the house; of one that is lost, with all it has. */
export function RemoveHostDialog({ host: { name, state, machines, inUse }, onClose }: { host: HostView; onClose: (removed: boolean) => void }) {
  const remove = useHostChange(() => hostCalls.remove(name));
  return (
    <ConfirmDialog title={`Remove ${name}?`} verb="Remove" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: () => onClose(true) })} onCancel={() => onClose(false)}>
      {state === 'Lost' && machines > 0 ? (
        <div className="mayfly-stack mayfly-stack--tight">
          <p>It is lost, and <strong>{countMachines(machines)} on it go with it</strong>{inUse > 0 && <>, <strong>{inUse} of them in use</strong></>}: their sessions end, and disks of dedicated machines are gone.</p>
          <p>If it may come back, leave it: its machines come back with it.</p>
        </div>
      ) : <p>It leaves the house and runs nothing for it any more. It can be added again with a new token.</p>}
    </ConfirmDialog>
  );
}
