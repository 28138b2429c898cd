import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { fetchAll } from '../api/fetchAll';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { MachineView } from '../api/types';
import { runEach, type Failure } from '../layout/runEach';
import type { MachineAction } from './machineActions';

const machinesKey = ['machines'];
const byName = new Intl.Collator(undefined, { numeric: true });

async function fetchMachines(signal: AbortSignal): Promise<MachineView[]> {
  const machines = await fetchAll<MachineView>('/machines?limit=1000', signal);
  return machines.sort((a, b) => byName.compare(a.name, b.name));
}

export const useMachines = () => useQuery({ queryKey: machinesKey, queryFn: ({ signal }) => fetchMachines(signal), refetchInterval: polled(2_000) });

export interface ActionRun { action: MachineAction; names: readonly string[]; onDone: (name: string) => void; signal: AbortSignal }

/** Does one thing to exactly the machines named, one after the other; a refusal of one does not stop the others, the signal does. */
export function useMachineAction(): UseMutationResult<Failure[], Error, ActionRun> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, names, onDone, signal }: ActionRun) => runEach(names, (name) => {
      const { method, path } = action.request(name);
      return call(method, path);
    }, onDone, signal),
    onSettled: () => client.invalidateQueries({ queryKey: machinesKey }),
  });
}

export interface Assigning { machine: string; user: string }

/** Makes a machine of a dedicated pool a user's own. */
export function useAssignMachine(): UseMutationResult<MachineView, Error, Assigning> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ machine, user }: Assigning) => call<MachineView>('PUT', `/machines/${segment(machine)}/owner/${segment(user)}`),
    onSettled: () => client.invalidateQueries({ queryKey: machinesKey }),
  });
}

/** Forks one more machine for a pool. */
export function useForkMachine(): UseMutationResult<MachineView, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pool: string) => call<MachineView>('POST', `/pools/${segment(pool)}/machines`),
    onSettled: () => client.invalidateQueries({ queryKey: machinesKey }),
  });
}
