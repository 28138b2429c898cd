import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** A part of the profile, with what can be done about it at its top. */
export function Section({ title, actions, children, testId }: { title: string; actions?: ReactNode; children: ReactNode; testId: string }) {
  return (
    <Card component="section" aria-label={title} data-testid={testId}>
      <CardHeader {...(actions ? { actions: { actions, hasNoOffset: true } } : {})}><CardTitle component="h2">{title}</CardTitle></CardHeader>
      <CardBody className="mayfly-stack">{children}</CardBody>
    </Card>
  );
}
