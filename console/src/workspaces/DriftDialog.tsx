import { List, ListItem } from '@patternfly/react-core';
import type { WorkspaceView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { useWorkspaceChange, workspaceCalls } from './workspaces';

/** What is not as a workspace says, and one button to make it so. */
export function DriftDialog({ view, mayRepair, onClose }: { view: WorkspaceView; mayRepair: boolean; onClose: () => void }) {
  const repair = useWorkspaceChange(() => workspaceCalls.repair(view.name));
  const able = view.drift.filter(({ repairable }) => repairable);
  const left = view.drift.filter(({ repairable }) => !repairable);
  return (
    <ConfirmDialog
      title={`Not as ${view.workspace.displayName} says`} verb="Repair" harmless busy={repair.isPending} error={repair.error} valid={mayRepair && able.length > 0}
      onConfirm={() => repair.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}
    >
      <div className="mayfly-stack">
        {able.length > 0 && <div><p><strong>To be repaired</strong></p><List>{able.map(({ what }) => <ListItem key={what}>{what}</ListItem>)}</List></div>}
        {left.length > 0 && <div><p><strong>To be looked at by somebody</strong></p><List>{left.map(({ what }) => <ListItem key={what}>{what}</ListItem>)}</List></div>}
      </div>
    </ConfirmDialog>
  );
}
