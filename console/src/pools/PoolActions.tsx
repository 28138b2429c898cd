import { Button } from '@patternfly/react-core';
import type { PoolView } from '../api/types';
import { ActionMenu, type ActionItem } from '../layout/ActionMenu';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';
import { settingsOf } from './poolDraft';
import { useSetPool } from './pools';

export type PoolDialog = 'settings' | 'push' | 'rollback' | 'canary' | 'delete';

/** Everything that the reader may do to a pool. */
export function PoolActions({ pool, onOpen }: { pool: PoolView; onOpen: (dialog: PoolDialog) => void }) {
  const set = useSetPool(pool.name);
  const { may } = useRights();
  const pushes = may('PushImages', pool.name);
  const manages = may('ManagePools', pool.name);
  const enabled = pool.provisioningEnabled;
  const items: ActionItem[] = [
    ...(pushes ? [
      { title: 'Roll back', testId: 'pool-rollback', disabled: pool.keptVersions.length === 0, onClick: () => onOpen('rollback') },
      { title: pool.canary === null ? 'Start a canary' : 'Change the canary', testId: 'pool-canary', onClick: () => onOpen('canary') },
    ] : []),
    ...(manages ? [
      {
        title: enabled ? 'Disable provisioning' : 'Enable provisioning', testId: 'pool-provisioning', disabled: set.isPending,
        onClick: () => set.mutate({ ...settingsOf(pool), provisioningEnabled: !enabled }),
      },
      { title: 'Delete pool', testId: 'pool-delete', danger: true, onClick: () => onOpen('delete') },
    ] : []),
  ];
  return (
    <>
      {set.error && <ProblemAlert error={set.error} />}
      {pushes && <Button data-testid="pool-push" onClick={() => onOpen('push')}>Push image</Button>}
      {manages && <Button variant="secondary" data-testid="pool-settings" onClick={() => onOpen('settings')}>Edit settings</Button>}
      {items.length > 0 && <ActionMenu label="More" items={items} testId="pool-actions" align="end" />}
    </>
  );
}
