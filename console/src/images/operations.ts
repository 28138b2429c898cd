import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import { putTold } from '../api/told';
import type { OperationView } from '../api/types';
import { useFollow } from '../api/useFollow';

export const operationsKey = ['operations'];

export const isOperation = (data: unknown): data is OperationView => typeof data === 'object' && data !== null && 'state' in data;
export const isFinished = (data: unknown): boolean => isOperation(data) && data.state !== 'running';

export const useOperations = (enabled = true) =>
  useQuery({ enabled, queryKey: operationsKey, queryFn: ({ signal }) => call<OperationView[]>('GET', '/operations', { signal }), refetchInterval: polled(5_000) });

/** One long job, live by events while it runs; read again every few seconds while the stream is down. */
export function useOperation(initial: OperationView): OperationView {
  const client = useQueryClient();
  const key = [...operationsKey, initial.id];
  const path = `/operations/${segment(initial.id)}`;
  const running = initial.state === 'running';
  const live = useFollow(running ? `${path}/events` : null, (data) => {
    if (!isOperation(data)) return;
    void putTold(client, key, data);
    if (isFinished(data)) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'images' || query.queryKey[0] === 'apps' || query.queryKey.length === 1 });
  }, isFinished);
  const query = useQuery({
    queryKey: key, queryFn: ({ signal }) => call<OperationView>('GET', path, { signal }), initialData: initial, enabled: running,
    refetchInterval: live ? false : 3_000,
  });
  return running ? query.data : initial;
}
