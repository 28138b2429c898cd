import type { MachineView } from '../api/types';

/** The machines a search leaves to see. */
export function searchMachines(machines: MachineView[], text: string): MachineView[] {
  const wanted = text.trim().toLowerCase();
  return machines.filter(({ name, pool, user, state, address }) => [name, pool, user, state, address].some((field) => field?.toLowerCase().includes(wanted)));
}

/** What a bulk action touches: machines that are both shown and selected, so nothing when nothing is selected. */
export const chosenMachines = (shown: MachineView[], selected: ReadonlySet<string>): MachineView[] => shown.filter((machine) => selected.has(machine.name));
