import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { PredefineRequest, PredefinedView } from '../api/types';

const key = ['predefined-settings'];

export const usePredefined = () => useQuery({ queryKey: key, queryFn: ({ signal }) => call<PredefinedView[]>('GET', '/predefined-settings', { signal }) });

export function usePredefinedChange<T>(change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export const predefinedCalls = {
  add: (request: PredefineRequest) => call('POST', '/predefined-settings', { body: request }),
  remove: (id: string) => call('DELETE', `/predefined-settings/${segment(id)}`),
};
