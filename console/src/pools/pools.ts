import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { PoolSettings, PoolView } from '../api/types';

export const poolsKey = ['pools'];
export const poolKey = (name: string): string[] => [...poolsKey, name];
export const poolPath = (name: string, rest = ''): string => `/pools/${segment(name)}${rest}`;

export const usePools = () => useQuery({ queryKey: poolsKey, queryFn: ({ signal }) => call<PoolView[]>('GET', '/pools', { signal }), refetchInterval: polled(2_000) });

export const usePool = (name: string) =>
  useQuery({ queryKey: poolKey(name), queryFn: ({ signal }) => call<PoolView>('GET', poolPath(name), { signal }), refetchInterval: polled(2_000) });

export function useSetPool(name: string): UseMutationResult<PoolView, Error, PoolSettings> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: PoolSettings) => call<PoolView>('PUT', poolPath(name, '/settings'), { body: settings }),
    onSuccess: (pool) => client.setQueryData(poolKey(name), pool),
  });
}

export interface PoolDeletion { name: string; endSessions: boolean }

/** Deletes a pool and its machines; the server refuses while somebody uses one, unless told to end the sessions. */
export function useDeletePool(): UseMutationResult<undefined, Error, PoolDeletion> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, endSessions }: PoolDeletion) => call<undefined>('DELETE', `${poolPath(name)}${endSessions ? '?force=true' : ''}`),
    onSuccess: () => client.invalidateQueries({ queryKey: poolsKey, exact: true }),
  });
}
