import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core';
import type { PoolView } from '../api/types';

export function PoolSummary({ pool }: { pool: PoolView }) {
  const facts: [string, string][] = [
    ['Image', `${pool.image} ${pool.version}`],
    ['Machines', `${pool.total}: ${pool.available} ready, ${pool.inUse} in use`],
    ['Kept ready', `${pool.spare}`],
    ['At most', `${pool.maximum}`],
    ['Machine names', pool.namePattern],
    ['Post-sync program', pool.postSync.length === 0 ? 'none' : `${pool.postSync.join(' ')} (at most ${pool.postSyncTimeoutSeconds} s)`],
  ];
  return (
    <DescriptionList isHorizontal className="mayfly-padded" data-testid="pool-summary">
      {facts.map(([term, value]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>{value}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
