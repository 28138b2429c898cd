import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { MachineView } from '../api/types';

const machinesKey = ['machines'];
const byName = new Intl.Collator(undefined, { numeric: true });

async function fetchMachines(signal: AbortSignal): Promise<MachineView[]> {
  const machines = await call<MachineView[]>('GET', '/machines', { signal });
  return machines.sort((a, b) => byName.compare(a.name, b.name));
}

export const useMachines = () => useQuery({ queryKey: machinesKey, queryFn: ({ signal }) => fetchMachines(signal), refetchInterval: 2_000 });

/** Destroys exactly the machines named, one after the other; stops at the first refusal. */
export function useDeleteMachines(): UseMutationResult<void, Error, string[]> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (names: string[]) => {
      for (const name of names) await call('DELETE', `/machines/${segment(name)}`);
    },
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
