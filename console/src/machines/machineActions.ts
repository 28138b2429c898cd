import { segment } from '../api/http';
import type { MachineState, MachineView, Permission } from '../api/types';

export type MachineActionId = 'reset' | 'restart' | 'recover' | 'rebuild' | 'hold' | 'release' | 'unassign' | 'delete';

/** Something that can be done to a machine, or to many one after the other. */
export interface MachineAction {
  id: MachineActionId;
  title: string;
  /** What one must be allowed in its pool. */
  permission: Permission;
  /** What becomes of the machine: the end of a sentence that begins with its name. */
  effect: string;
  /** What is lost: nothing, what its user has not saved, or its disk with all that is on it. */
  loss: 'nothing' | 'unsaved' | 'disk';
  request: (name: string) => { method: 'POST' | 'PUT' | 'DELETE'; path: string };
  isAllowed: (machine: MachineView) => boolean;
}

const unmade: readonly MachineState[] = ['Provisioning', 'Startup', 'Customizing', 'ProvisioningError', 'Deleting'];
const holdable: readonly MachineState[] = ['Available', 'AgentUnreachable', 'Provisioned', 'ProvisioningError', 'Error', 'AlreadyUsed'];
const broken: readonly MachineState[] = ['Error', 'ProvisioningError', 'AgentUnreachable', 'AlreadyUsed'];
const path = (name: string, rest = ''): string => `/machines/${segment(name)}${rest}`;
const isMade = ({ state }: MachineView): boolean => !unmade.includes(state);
const post = (rest: string) => (name: string) => ({ method: 'POST' as const, path: path(name, rest) });

export const machineActions: readonly MachineAction[] = [
  { id: 'reset', permission: 'OperateMachines', title: 'Reset', effect: 'is switched off and on hard and keeps its disk; in a floating pool a fresh one takes its place.', loss: 'unsaved', request: post('/reset'), isAllowed: isMade },
  { id: 'restart', permission: 'OperateMachines', title: 'Restart', effect: 'is shut down in order, started again and keeps its disk; in a floating pool a fresh one takes its place.', loss: 'unsaved', request: post('/restart'), isAllowed: isMade },
  { id: 'recover', permission: 'OperateMachines', title: 'Recover', effect: 'is brought back from its error, made anew if need be.', loss: 'disk', request: post('/recover'), isAllowed: ({ state }) => broken.includes(state) },
  {
    id: 'rebuild', permission: 'OperateMachines', title: 'Rebuild', effect: 'is made anew from the image; its name and MAC stay.', loss: 'disk',
    request: post('/rebuild'), isAllowed: isMade,
  },
  {
    id: 'hold', permission: 'OperateMachines', title: 'Enter maintenance', effect: 'is lent to nobody until it leaves maintenance.', loss: 'nothing',
    request: (name) => ({ method: 'PUT', path: path(name, '/maintenance') }), isAllowed: ({ state, user }) => user === null && holdable.includes(state),
  },
  {
    id: 'release', permission: 'OperateMachines', title: 'Leave maintenance', effect: 'can be lent again.', loss: 'nothing',
    request: (name) => ({ method: 'DELETE', path: path(name, '/maintenance') }), isAllowed: ({ state }) => state === 'Maintenance',
  },
  {
    id: 'unassign', permission: 'ManageMachines', title: 'Unassign', effect: 'no longer belongs to its owner, who does not get it again.', loss: 'disk',
    request: (name) => ({ method: 'DELETE', path: path(name, '/owner') }), isAllowed: ({ owner, user }) => owner !== null && user === null,
  },
  {
    id: 'delete', permission: 'ManageMachines', title: 'Delete', effect: 'is destroyed; the pool makes a new one where one is missing.', loss: 'disk',
    request: (name) => ({ method: 'DELETE', path: path(name) }), isAllowed: ({ state }) => state !== 'Deleting',
  },
];

/** One thing at a time is done to a machine; only its destruction interrupts. */
export const isPossible = (action: MachineAction, machine: MachineView): boolean =>
  (machine.operation === null || action.id === 'delete') && action.isAllowed(machine);

/** A console can be opened on what runs. */
export const isWatchable = ({ state, processId }: MachineView): boolean =>
  state === 'Available' || state === 'Connected' || state === 'Disconnected'
  || (processId !== null && (state === 'Startup' || state === 'Maintenance' || state === 'AgentUnreachable'));

/** Who loses what by an action, or null. An owner loses what is on the disk, whether they use the machine now or not. */
export function describeLoss({ loss }: MachineAction, { user, owner }: MachineView): { who: string; what: string } | null {
  if (loss === 'disk' && owner !== null) return { who: owner, what: 'is its owner and loses all that is on its disk' };
  if (loss !== 'nothing' && user !== null) return { who: user, what: 'uses it now and loses unsaved work' };
  return null;
}
