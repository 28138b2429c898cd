import { useState } from 'react';
import type { WorkspaceView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { CheckField } from '../layout/fields';
import { useWorkspaceChange, workspaceCalls } from './workspaces';

/** Removes a workspace, with or without what it has given. */
export function RemoveWorkspaceDialog({ view, onClose }: { view: WorkspaceView; onClose: () => void }) {
  const [withdraw, setWithdraw] = useState(false);
  const remove = useWorkspaceChange(() => workspaceCalls.remove(view.name, withdraw));
  return (
    <ConfirmDialog title={`Remove ${view.workspace.displayName}?`} verb="Remove" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <div className="mayfly-stack">
        <p>Its people keep what it has given them, unless that is taken back with it. Sessions in progress go on in any case.</p>
        <CheckField id="workspace-withdraw" label="Take back what it gave" checked={withdraw} onChange={setWithdraw} help="Entitlements and assignments that no other workspace gives" />
      </div>
    </ConfirmDialog>
  );
}
