import type { CaptureState, HostState, MachineState, PackageStage, PushState, VolumeState } from '../api/types';

export type Status = 'success' | 'info' | 'warning' | 'danger';

type State = MachineState | PushState | PackageStage | CaptureState | VolumeState | HostState | 'info' | 'warning' | 'error' | 'running' | 'succeeded' | 'failed' | 'ok';

/** Every state that is shown as a label; null is plain grey: nothing to look at. */
const statuses: Record<State, Status | null> = {
  ok: 'success', info: 'info', warning: 'warning', error: 'danger',
  Provisioning: 'info', Customizing: 'info', Startup: 'info', Available: 'success', Connected: 'info', Disconnected: 'warning',
  AlreadyUsed: 'warning', Deleting: 'warning', Provisioned: null, Maintenance: 'warning',
  AgentUnreachable: 'danger', ProvisioningError: 'danger', Error: 'danger',
  Publishing: 'info', Scheduled: 'info', Rolling: 'info', Paused: 'warning', Completed: 'success', Cancelled: null, Failed: 'danger',
  New: 'info', Tested: 'info', Published: 'success', Retired: null,
  Starting: 'info', Open: 'warning', Installing: 'info', Packing: 'info', Done: 'success',
  Attached: 'success', Detached: null, Disabled: 'warning',
  Online: 'success', Connecting: 'info', Lost: 'danger',
  running: 'info', succeeded: 'success', failed: 'danger',
};

const words: Partial<Record<State, string>> = {
  AlreadyUsed: 'Already used', ProvisioningError: 'Provisioning error', Provisioned: 'Provisioned, off', AgentUnreachable: 'Agent unreachable', Open: 'Open, install now',
};

const isKnown = (state: string): state is State => Object.hasOwn(statuses, state);

/** How a state looks; one of a newer server is shown by its name. */
export const lookOf = (state: string): { status: Status | null; text: string } =>
  isKnown(state) ? { status: statuses[state], text: words[state] ?? state } : { status: null, text: state };
