import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import { polled } from '../api/live';
import type { CanaryRequest, PoolView, PromoteCanaryRequest, PushImageRequest, PushView, RollbackRequest } from '../api/types';
import { useFollow } from '../api/useFollow';
import { poolKey, poolPath, poolsKey } from '../pools/pools';
import { isOver } from './pushProgress';

const isPush = (data: unknown): data is PushView => typeof data === 'object' && data !== null && 'toVersion' in data;

/** All pushes of a pool, newest first. */
export const usePushes = (pool: string) =>
  useQuery({ queryKey: [...poolKey(pool), 'pushes'], queryFn: ({ signal }) => call<PushView[]>('GET', poolPath(pool, '/pushes'), { signal }), refetchInterval: polled(5_000) });

/** Puts the push of a pool into what is known of the pool, live by events while it goes on. */
export function useFollowPush(pool: PoolView): void {
  const client = useQueryClient();
  const going = pool.push !== null && !isOver(pool.push);
  useFollow(going ? poolPath(pool.name, '/push/events') : null, (data) => {
    if (isPush(data)) client.setQueryData<PoolView>(poolKey(pool.name), (known) => known && { ...known, push: data });
  }, (data) => isPush(data) && isOver(data));
}

/** Asks something of a pool; what is known of it is read again then. */
function useAsk<T>(pool: string, ask: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: ask, onSettled: () => client.invalidateQueries({ queryKey: [...poolsKey, pool] }) });
}

export const usePushImage = (pool: string) => useAsk(pool, (body: PushImageRequest) => call('POST', poolPath(pool, '/push'), { body }));

export type PushVerb = 'pause' | 'resume' | 'cancel';

export const useChangePush = (pool: string) => useAsk(pool, (verb: PushVerb) => call('POST', poolPath(pool, `/push/${verb}`)));

export const useRollback = (pool: string) => useAsk(pool, (body: RollbackRequest) => call('POST', poolPath(pool, '/rollback'), { body }));

export const useSetCanary = (pool: string) => useAsk(pool, (body: CanaryRequest) => call('PUT', poolPath(pool, '/canary'), { body }));

export const usePromoteCanary = (pool: string) => useAsk(pool, (body: PromoteCanaryRequest) => call('POST', poolPath(pool, '/canary/promote'), { body }));

export const useCancelCanary = (pool: string) => useAsk<undefined>(pool, () => call('DELETE', poolPath(pool, '/canary')));
