import { Label } from '@patternfly/react-core';

type Status = 'success' | 'info' | 'warning' | 'danger';

const statuses: Record<string, Status> = {
  ok: 'success', info: 'info', warning: 'warning', error: 'danger',
  Provisioning: 'info', Customizing: 'info', Available: 'success', Connected: 'info', Disconnected: 'warning',
  AlreadyUsed: 'warning', Deleting: 'warning', ProvisioningError: 'danger',
  running: 'info', succeeded: 'success', failed: 'danger',
};

const words: Record<string, string> = { AlreadyUsed: 'Already used', ProvisioningError: 'Provisioning error' };

/** A state or level as a coloured label with an icon, so that colour is not the only sign. */
export function StateLabel({ state, testId }: { state: string; testId?: string }) {
  const status = statuses[state];
  return <Label isCompact variant="outline" data-testid={testId} {...(status ? { status } : {})}>{words[state] ?? state}</Label>;
}
