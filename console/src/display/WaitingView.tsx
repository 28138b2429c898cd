import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { Mark } from '../layout/Mark';

export const waitingSteps = ['Getting a desktop', 'Connecting to the screen', 'First picture'] as const;

/** What is being done until the desktop is seen; `current` is the index of the step under way. */
export function WaitingView({ title, current }: { title: string; current: 0 | 1 | 2 }) {
  return (
    <div className="mayfly-veil" data-testid="waiting" role="status" aria-live="polite">
      <div className="mayfly-waiting">
        <Mark className="mayfly-waiting__mark" />
        <h1>{title}</h1>
        <ProgressStepper isVertical aria-label="Steps to your desktop">
          {waitingSteps.map((step, index) => {
            const variant = index < current ? 'success' : index === current ? 'info' : 'pending';
            return (
              <ProgressStep key={step} id={`step-${index}`} titleId={`step-title-${index}`} variant={variant} isCurrent={index === current} data-testid={`waiting-step-${index}`} aria-label={`${step}: ${variant}`}>
                {step}
              </ProgressStep>
            );
          })}
        </ProgressStepper>
      </div>
    </div>
  );
}
