import { Bullseye, Card, CardBody, CardTitle, Spinner } from '@patternfly/react-core';
import type { HostUsageView } from '../api/types';
import { formatBytes } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useHostUsage } from './hostUsage';
import { memoryParts } from './memoryParts';

/** What the memory of all hosts goes to. */
export function MemoryCard() {
  const usage = useHostUsage();
  return (
    <Card data-testid="dashboard-memory">
      <CardTitle component="h2">Memory of the house</CardTitle>
      <CardBody>
        {usage.error && <ProblemAlert error={usage.error} />}
        {usage.isLoading && <Bullseye><Spinner aria-label="Reading the memory" /></Bullseye>}
        {usage.data && <Memory usage={usage.data} />}
      </CardBody>
    </Card>
  );
}

function Memory({ usage }: { usage: HostUsageView }) {
  const parts = memoryParts(usage);
  return (
    <div className="mayfly-stack mayfly-stack--tight">
      <div className="mayfly-memory" aria-hidden="true">
        {parts.map(({ kind, percent }) => <span key={kind} className={`mayfly-memory--${kind}`} style={{ inlineSize: `${percent}%` }} />)}
      </div>
      <ul className="mayfly-memory__legend">
        {parts.map(({ kind, label, bytes }) => (
          <li key={kind}><span className={`mayfly-memory__key mayfly-memory--${kind}`} aria-hidden="true" />{label}<strong data-testid={`memory-${kind}`}>{formatBytes(bytes)}</strong></li>
        ))}
      </ul>
      <p className="mayfly-subtle">{formatBytes(usage.memoryBytes)} in all. What clones share is counted once. {formatBytes(usage.freeDiskBytes)} of disk are free.</p>
    </div>
  );
}
