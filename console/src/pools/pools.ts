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

export function useDeletePool(): UseMutationResult<undefined, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call<undefined>('DELETE', `/pools/${segment(name)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: poolsKey, exact: true }),
  });
}
