import type { MachineView } from '../api/types';

/** The middle of the times from request to ready, or null when no machine has one. */
export function medianReadyMs(machines: MachineView[]): number | null {
  const times = machines.flatMap((machine) => machine.timeline === null ? [] : [machine.timeline.readyMs]).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? null;
}
