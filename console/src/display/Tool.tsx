import { Button, Tooltip } from '@patternfly/react-core';
import type { ReactNode, Ref } from 'react';
import { tipPlace } from './tipPlace';

interface Props { label: string; testId: string; icon: ReactNode; pressed?: boolean; onClick: () => void; ref?: Ref<HTMLButtonElement> }

/** A button of the toolbar, named by what it does. */
export function Tool({ label, testId, icon, pressed, onClick, ref }: Props) {
  return (
    <Tooltip content={label} position="bottom" appendTo={tipPlace}>
      <Button ref={ref} variant="plain" icon={icon} aria-label={label} aria-pressed={pressed} data-testid={testId} onClick={onClick} />
    </Tooltip>
  );
}
