import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/http';
import type { PoolView } from '../api/types';
import { entitlementPath } from './entitlements';
import { toRequest, type PoolDraft } from './poolDraft';
import { poolsKey } from './pools';

/** Who may use a pool. */
export interface Entitled { users: readonly string[]; groups: readonly string[] }

export const nobody: Entitled = { users: [], groups: [] };

interface Creation { made: string | null; busy: boolean; error: unknown; run: (draft: PoolDraft, entitled: Entitled, onDone: () => void) => void }

/** Makes a pool and says who may use it. When only the latter fails, trying again does not make the pool a second time. */
export function useCreatePoolFor(): Creation {
  const client = useQueryClient();
  const [made, setMade] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: async ({ draft, entitled }: { draft: PoolDraft; entitled: Entitled }) => {
      const pool = made ?? (await call<PoolView>('POST', '/pools', { body: toRequest(draft) })).name;
      setMade(pool);
      for (const user of entitled.users) await call('PUT', entitlementPath(pool, 'users', user));
      for (const group of entitled.groups) await call('PUT', entitlementPath(pool, 'groups', group));
    },
    onSettled: () => client.invalidateQueries({ queryKey: poolsKey, exact: true }),
  });
  return { made, busy: create.isPending, error: create.error, run: (draft, entitled, onDone) => create.mutate({ draft, entitled }, { onSuccess: onDone }) };
}
