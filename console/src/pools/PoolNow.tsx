import { Card, CardBody, Gallery } from '@patternfly/react-core';
import type { PoolView } from '../api/types';
import { describeSchedule } from './words';

/** The pool in numbers. */
export function PoolNow({ pool }: { pool: PoolView }) {
  return (
    <Gallery hasGutter minWidths={{ default: '9rem' }}>
      <Figure label="Ready" value={`${pool.available}`} testId="pool-ready" />
      <Figure label="In use" value={`${pool.inUse}`} testId="pool-in-use" />
      <Figure label="Machines" value={`${pool.total} of ${pool.maximum}`} testId="pool-total" />
      {pool.sizing === 'OnDemand' && <Figure label="Kept ready now" value={`${pool.spareNow}`} testId="pool-spare-now" {...(pool.schedule ? { note: describeSchedule(pool) } : {})} />}
    </Gallery>
  );
}

function Figure({ label, value, note, testId }: { label: string; value: string; note?: string; testId: string }) {
  return (
    <Card isCompact isFullHeight>
      <CardBody>
        <p className="mayfly-subtle">{label}</p>
        <p className="mayfly-figure" data-testid={testId}>{value}</p>
        {note !== undefined && <p className="mayfly-subtle">{note}</p>}
      </CardBody>
    </Card>
  );
}
