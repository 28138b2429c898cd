import { Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** A panel in the middle of the window, over whatever the screen last showed. */
export function Panel({ title, testId, children, actions }: { title: string; testId: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mayfly-veil mayfly-veil--dim">
      <Card isLarge className="mayfly-panel" data-testid={testId} role="alertdialog" aria-label={title}>
        <CardTitle component="h1">{title}</CardTitle>
        <CardBody>{children}</CardBody>
        {actions && <CardFooter className="mayfly-panel__actions">{actions}</CardFooter>}
      </Card>
    </div>
  );
}
