import { Alert } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { problemFromError } from '../api/problem';

interface Props { error: unknown; testId?: string; actions?: ReactNode; variant?: 'danger' | 'warning' }

/** A failure as people read it: what happened, why, what to do, and the stable code. */
export function ProblemAlert({ error, testId = 'problem', actions, variant = 'danger' }: Props) {
  const problem = problemFromError(error);
  return (
    <Alert isInline component="p" variant={variant} title={problem.message} data-testid={testId} role="alert" actionLinks={actions}>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.remedy && <p>{problem.remedy}</p>}
      <p className="mayfly-code" data-testid={`${testId}-code`}>{problem.code}</p>
    </Alert>
  );
}
