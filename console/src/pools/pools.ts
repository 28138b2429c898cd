import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { CreatePoolRequest, PoolView } from '../api/types';

const poolsKey = ['pools'];

export const usePools = () => useQuery({ queryKey: poolsKey, queryFn: ({ signal }) => call<PoolView[]>('GET', '/pools', { signal }), refetchInterval: 2_000 });

export const usePool = (name: string) =>
  useQuery({ queryKey: [...poolsKey, name], queryFn: ({ signal }) => call<PoolView>('GET', `/pools/${segment(name)}`, { signal }), refetchInterval: 2_000 });

export function useCreatePool(): UseMutationResult<PoolView, Error, CreatePoolRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: CreatePoolRequest) => call<PoolView>('POST', '/pools', { body: request }),
    onSuccess: () => client.invalidateQueries({ queryKey: poolsKey, exact: true }),
  });
}

export interface PoolDeletion { name: string; endSessions: boolean }

/** Deletes a pool and its machines; the server refuses while somebody uses one, unless told to end the sessions. */
export function useDeletePool(): UseMutationResult<undefined, Error, PoolDeletion> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, endSessions }: PoolDeletion) => call<undefined>('DELETE', `/pools/${segment(name)}${endSessions ? '?force=true' : ''}`),
    onSuccess: () => client.invalidateQueries({ queryKey: poolsKey, exact: true }),
  });
}
