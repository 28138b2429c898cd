import { Alert, Button } from '@patternfly/react-core';
import { problemFromFault } from '../api/problem';
import type { PoolView } from '../api/types';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';
import { settingsOf } from './poolDraft';
import { useSetPool } from './pools';

/** Why the pool is not at its wanted shape, with the way out where there is one. */
export function PoolBanner({ pool }: { pool: PoolView }) {
  const set = useSetPool(pool.name);
  const stopped = !pool.provisioningEnabled || pool.problem?.code === 'PoolStopped';
  const { may } = useRights();
  const enable = stopped && may('ManagePools', pool.name)
    ? <Button variant="link" isInline data-testid="pool-enable" isDisabled={set.isPending} onClick={() => set.mutate({ ...settingsOf(pool), provisioningEnabled: true })}>Enable provisioning</Button>
    : undefined;
  return (
    <>
      {pool.deleting && <Alert isInline component="p" variant="info" title="This pool is being deleted" data-testid="pool-deleting" />}
      {pool.problem && <ProblemAlert variant="warning" error={problemFromFault(pool.problem)} testId="pool-problem" actions={enable} />}
      {!pool.problem && stopped && <Alert isInline component="p" variant="info" title="Provisioning is disabled: this pool makes no machines" actionLinks={enable} data-testid="pool-disabled" />}
      {set.error && <ProblemAlert error={set.error} />}
    </>
  );
}
