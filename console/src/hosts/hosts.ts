import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { AddHostRequest, HostView } from '../api/types';

const key = ['hosts'];
const pathOf = (name: string): string => `/hosts/${segment(name)}`;

export const useHosts = () => useQuery({ queryKey: key, queryFn: ({ signal }) => call<HostView[]>('GET', '/hosts', { signal }), refetchInterval: polled(5_000) });

/** Changes a host; hosts are read again then. What becomes of machines, the server tells. */
export function useHostChange<T>(change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const hostCalls = {
  add: (request: AddHostRequest) => call('POST', '/hosts', { body: request }),
  maintain: (name: string, maintenance: boolean) => call('PUT', pathOf(name), { body: { maintenance } }),
  remove: (name: string) => call('DELETE', pathOf(name)),
};
