import { Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface Props { title: string; testId: string; children: ReactNode; actions?: ReactNode; overScreen?: boolean }

/** A panel in the middle of the window, over the last picture of the screen if there is one. */
export function Panel({ title, testId, children, actions, overScreen = false }: Props) {
  return (
    <div className={overScreen ? 'mayfly-veil mayfly-veil--dim' : 'mayfly-veil'}>
      <Card isLarge className="mayfly-panel" data-testid={testId} role="alertdialog" aria-label={title}>
        <CardTitle component="h1">{title}</CardTitle>
        <CardBody>{children}</CardBody>
        {actions && <CardFooter className="mayfly-panel__actions">{actions}</CardFooter>}
      </Card>
    </div>
  );
}
