import { Button, Card, CardBody, CardFooter, CardTitle, Progress } from '@patternfly/react-core';
import { useState } from 'react';
import { problemFromFault } from '../api/problem';
import type { PoolView, PushView } from '../api/types';
import { OperationProgress } from '../images/OperationProgress';
import { useOperations } from '../images/operations';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { ProblemAlert } from '../layout/ProblemAlert';
import { StateLabel } from '../layout/StateLabel';
import { useRights } from '../login/useRights';
import { FreshDisks } from './FreshDisks';
import { useChangePush, useFollowPush } from './pushes';
import { canPause, canResume, describeCounts, describeTimes, isOver, percentOf } from './pushProgress';

/** The push in progress, live, or how the last one ended. */
export function PushCard({ pool }: { pool: PoolView }) {
  useFollowPush(pool);
  const { may } = useRights();
  const { push } = pool;
  if (push === null) return null;
  return (
    <Card data-testid="push-card" data-state={push.state}>
      <CardTitle component="h2">Push of {push.image} <code>{push.toVersion}</code> <StateLabel state={push.state} testId="push-state" /></CardTitle>
      <CardBody className="mayfly-stack">
        {push.state === 'Publishing' ? <Publishing operationId={push.operationId} /> : <Rolling push={push} />}
        {push.fault && <ProblemAlert variant={push.state === 'Failed' ? 'danger' : 'warning'} error={problemFromFault(push.fault)} testId="push-problem" />}
        <p className="mayfly-subtle">{describeTimes(push)}</p>
      </CardBody>
      {!isOver(push) && may('PushImages', pool.name) && <CardFooter><PushButtons pool={pool} push={push} /></CardFooter>}
    </Card>
  );
}

function Rolling({ push }: { push: PushView }) {
  const variant = push.state === 'Completed' ? 'success' : push.state === 'Failed' ? 'danger' : push.fault || push.failed > 0 ? 'warning' : undefined;
  return (
    <div data-testid="push-progress">
      <Progress title={describeCounts(push)} size="sm" value={percentOf(push)} {...(variant ? { variant } : {})} />
    </div>
  );
}

function Publishing({ operationId }: { operationId: string | null }) {
  const operations = useOperations();
  const operation = operations.data?.find((candidate) => candidate.id === operationId);
  return operation ? <OperationProgress initial={operation} /> : <p className="mayfly-subtle">The version is being published.</p>;
}

function PushButtons({ pool, push }: { pool: PoolView; push: PushView }) {
  const [asking, setAsking] = useState(false);
  const change = useChangePush(push.pool);
  const cancel = useChangePush(push.pool);
  return (
    <div className="mayfly-stack">
      {change.error && <ProblemAlert error={change.error} />}
      <div className="mayfly-buttons">
        {canPause(push) && <Button variant="secondary" data-testid="push-pause" isDisabled={change.isPending} onClick={() => change.mutate('pause')}>Pause</Button>}
        {canResume(push) && <Button data-testid="push-resume" isDisabled={change.isPending} onClick={() => change.mutate('resume')}>Resume</Button>}
        <Button variant="secondary" isDanger data-testid="push-cancel" onClick={() => setAsking(true)}>Cancel push</Button>
      </div>
      {asking && (
        <ConfirmDialog title="Cancel this push?" verb="Cancel push" busy={cancel.isPending} error={cancel.error} onConfirm={() => cancel.mutate('cancel', { onSuccess: () => setAsking(false) })} onCancel={() => setAsking(false)}>
          <p>The pool stays at <code>{push.fromVersion}</code>. Machines already replaced go back to it; those in use are left until their users log off.</p>
          <FreshDisks pool={pool} />
        </ConfirmDialog>
      )}
    </div>
  );
}
