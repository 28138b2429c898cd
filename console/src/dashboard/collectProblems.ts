import type { Fault, MachineView, PoolView } from '../api/types';

export interface PlacedProblem { place: string; to: string; fault: Fault }

/** What an administrator should look at now, pools first. */
export function collectProblems(pools: PoolView[], machines: MachineView[]): PlacedProblem[] {
  const ofPools = pools.flatMap((pool) => pool.problem === null ? [] : [{ place: pool.name, to: `/pools/${encodeURIComponent(pool.name)}`, fault: pool.problem }]);
  const ofMachines = machines.flatMap((machine) => machine.fault === null ? [] : [{ place: machine.name, to: '/machines', fault: machine.fault }]);
  return [...ofPools, ...ofMachines];
}
