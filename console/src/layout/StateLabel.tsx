import { Label } from '@patternfly/react-core';
import { lookOf } from './states';

/** A state or level as a coloured label with an icon, so that colour is not the only sign. */
export function StateLabel({ state, testId }: { state: string; testId?: string }) {
  const { status, text } = lookOf(state);
  return <Label isCompact variant="outline" data-testid={testId} {...(status ? { status } : {})}>{text}</Label>;
}
