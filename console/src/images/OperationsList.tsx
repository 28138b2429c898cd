import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { OperationView } from '../api/types';
import { OperationProgress } from './OperationProgress';

const recent = 3;

/** All running jobs of images, and the last few that ended. */
export function OperationsList({ operations }: { operations: OperationView[] }) {
  const newest = operations.filter(({ kind }) => kind !== 'import-package').sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const ended = newest.filter((operation) => operation.state !== 'running').slice(0, recent);
  const shown = [...newest.filter((operation) => operation.state === 'running'), ...ended];
  if (shown.length === 0) return null;
  return (
    <Card data-testid="operations">
      <CardTitle component="h2">Jobs</CardTitle>
      <CardBody className="mayfly-stack">{shown.map((operation) => <OperationProgress key={operation.id} initial={operation} />)}</CardBody>
    </Card>
  );
}
