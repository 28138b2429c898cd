import { Button, ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { Mark } from '../layout/Mark';
import { useSecondsSince } from './useSecondsSince';
import { waitingSteps } from './waitingSteps';

interface Props {
  title: string;
  /** Index in waitingSteps of what is under way. */
  current: number;
  /** When it was asked for, as Date.now() tells it. */
  since: number;
  /** What the server says of this step, if anything. */
  message?: string | null;
  onLeave: () => void;
  /** True within a page that has its own main landmark. */
  overScreen?: boolean;
}

/** What is being done until the desktop is seen, and for how long already. */
export function WaitingView({ title, current, since, message, onLeave, overScreen = false }: Props) {
  const seconds = useSecondsSince(since);
  const Frame = overScreen ? 'div' : 'main';
  return (
    <Frame className="mayfly-veil" data-testid="waiting">
      <div className="mayfly-waiting">
        <Mark className="mayfly-waiting__mark" />
        <h1>{title}</h1>
        {/* A live region reads each step once; the seconds are outside of it. */}
        <p className="mayfly-waiting__message" role="status" data-testid="waiting-message">{message ?? waitingSteps[current]}</p>
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
        <p className="mayfly-subtle mayfly-waiting__seconds"><span data-testid="waiting-seconds">{seconds}</span> s</p>
        <Button variant="link" data-testid="waiting-leave" onClick={onLeave}>My desktops</Button>
      </div>
    </Frame>
  );
}
