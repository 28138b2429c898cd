import type { HostView } from '../api/types';
import { formatBytes } from '../layout/format';

/** How the host of the server is called where hosts are told apart; none can have this name. */
export const ownHost = 'this server';

export const hostPath = (name: string): string => `/hosts/${encodeURIComponent(name)}`;

/** Where it answers: "10.0.0.12:8008". */
export const describeAddress = ({ own, address }: Pick<HostView, 'own' | 'address'>): string => own || address === null ? ownHost : address.replace(/^https:\/\/|\/$/g, '');

/** "2 GiB free of 8 GiB", or null while it is not heard. */
export const describeMemory = ({ state, memoryBytes, availableBytes }: Pick<HostView, 'state' | 'memoryBytes' | 'availableBytes'>): string | null =>
  memoryBytes === null || availableBytes === null || state === 'Lost' ? null : `${formatBytes(availableBytes)} free of ${formatBytes(memoryBytes)}`;

/** "3 machines", "1 machine". */
export const countMachines = (count: number): string => count === 1 ? '1 machine' : `${count} machines`;

/** How far its maintenance is, or null while there is none. */
export function describeMaintenance({ maintenance, state, machines, inUse }: HostView): string | null {
  if (!maintenance) return null;
  if (state === 'Lost') return 'It is in maintenance, too.';
  if (machines === 0) return 'Empty: it can be worked on, or removed.';
  return `${countMachines(machines)} still there, ${inUse === 0 ? 'none' : inUse} in use.`;
}

/** Why a host can not be removed now, or null. */
export function whyNotRemoved({ machines, state, maintenance }: Pick<HostView, 'machines' | 'state' | 'maintenance'>): string | null {
  if (machines === 0 || state === 'Lost') return null;
  return `It has ${countMachines(machines)}: ${maintenance ? 'wait until users log off, and unassign those with owners' : 'begin its maintenance first'}`;
}

/** The token in what was pasted: the host's log has it in a command, between quotation marks. */
export const tokenIn = (pasted: string): string | null => /mayfly-host:\/\/[^\s'"]+/.exec(pasted)?.[0] ?? null;

/** Whether any other host takes machines while this one does not. */
export const othersTake = (hosts: readonly HostView[], name: string): boolean => hosts.some((host) => host.name !== name && host.state === 'Online');
