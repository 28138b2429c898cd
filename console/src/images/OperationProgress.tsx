import { ExpandableSection, Progress } from '@patternfly/react-core';
import { problemFromFault } from '../api/problem';
import type { OperationView } from '../api/types';
import { formatSeconds } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useOperation } from './operations';

const verbs: Record<string, string> = { build: 'Build', import: 'Import', publish: 'Publish', 'import-package': 'Import' };

function outcome(operation: OperationView): string {
  if (operation.state === 'running') return operation.step;
  if (operation.finishedAt === null) return operation.state;
  const seconds = (Date.parse(operation.finishedAt) - Date.parse(operation.startedAt)) / 1_000;
  return operation.state === 'succeeded' ? `Done in ${formatSeconds(seconds)}` : `Failed after ${formatSeconds(seconds)}`;
}

export function OperationProgress({ initial }: { initial: OperationView }) {
  const operation = useOperation(initial);
  const variant = operation.state === 'failed' ? 'danger' : operation.state === 'succeeded' ? 'success' : undefined;
  return (
    <div className="mayfly-stack mayfly-stack--tight" data-testid={`operation-${operation.id}`} data-state={operation.state}>
      <Progress
        title={`${verbs[operation.kind] ?? operation.kind} ${operation.target}`} value={Math.round(operation.percent)} size="sm" helperText={outcome(operation)}
        {...(variant ? { variant } : {})}
      />
      {operation.fault && <ProblemAlert error={problemFromFault(operation.fault)} />}
      {operation.steps.length > 0 && (
        <ExpandableSection toggleText={operation.steps.length === 1 ? '1 step done' : `${operation.steps.length} steps done`} isIndented>
          {operation.steps.map((step) => <p key={step.name}>{step.name}: <span className="mayfly-subtle">{formatSeconds(step.seconds)}</span></p>)}
        </ExpandableSection>
      )}
    </div>
  );
}
