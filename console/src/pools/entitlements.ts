import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { EntitlementView } from '../api/types';

const key = (pool: string): string[] => ['entitlements', pool];
const path = (pool: string): string => `/pools/${segment(pool)}/entitlements`;

export type Holder = 'users' | 'groups';

export const entitlementPath = (pool: string, holder: Holder, name: string): string => `${path(pool)}/${holder}/${segment(name)}`;

export const useEntitlements = (pool: string) =>
  useQuery({ queryKey: key(pool), queryFn: ({ signal }) => call<EntitlementView[]>('GET', path(pool), { signal }) });

export interface EntitlementChange { holder: Holder; name: string; entitled: boolean }

/** Grants or withdraws the use of a pool. */
export function useChangeEntitlement(pool: string): UseMutationResult<unknown, Error, EntitlementChange> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ holder, name, entitled }: EntitlementChange) => call(entitled ? 'PUT' : 'DELETE', entitlementPath(pool, holder, name)),
    onSettled: () => client.invalidateQueries({ queryKey: key(pool) }),
  });
}
