import { Card, CardBody, CardTitle, Progress } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { PoolView } from '../api/types';
import { shownName } from '../pools/words';

export function PoolsCard({ pools }: { pools: PoolView[] }) {
  return (
    <Card data-testid="dashboard-pools">
      <CardTitle component="h2">Pools</CardTitle>
      <CardBody className="mayfly-stack">
        {pools.length === 0 && <p className="mayfly-subtle">No pools yet.</p>}
        {pools.map((pool) => (
          <div key={pool.name}>
            <Link to={`/pools/${encodeURIComponent(pool.name)}`}>{shownName(pool)}</Link>
            <Progress
              aria-label={`Machines of ${pool.name}`} size="sm" value={pool.total} max={pool.maximum} valueText={`${pool.total} of ${pool.maximum}`}
              label={`${pool.available} ready, ${pool.inUse} in use, at most ${pool.maximum}`} measureLocation="top"
            />
          </div>
        ))}
      </CardBody>
    </Card>
  );
}
