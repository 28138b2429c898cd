import { skipToken, useMutation, useQuery, useQueryClient, type QueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import { Problem } from '../api/problem';
import { meKey, signInOverKey } from '../api/queryClient';
import type { LoginRequest, MeView, Permission } from '../api/types';
import { desktopsKey, fetchDesktops } from '../portal/desktops';

async function fetchMe(signal: AbortSignal): Promise<MeView | null> {
  try {
    return await call<MeView>('GET', '/me', { signal });
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; null when nobody is. */
export const useMe = () => useQuery({ queryKey: meKey, queryFn: ({ signal }) => fetchMe(signal), staleTime: Infinity });

/** Whether the sign-in ended without having been left. */
export const useSignInOver = (): boolean => useQuery<boolean>({ queryKey: signInOverKey, queryFn: skipToken }).data === true;

/** Forgets everything that somebody could see; in a browser that others use too, the next one is to find nothing of it. */
const forget = (client: QueryClient): void => client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });

export function useLogin(): UseMutationResult<void, Error, LoginRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (request: LoginRequest) => {
      const me = await call<MeView>('POST', '/login', { body: request });
      forget(client);
      // What is shown first is on its way before the page for it is made; if it fails, that page asks again and says why.
      if (!me.secondFactorDue) client.query({ queryKey: desktopsKey, queryFn: ({ signal }) => fetchDesktops(signal) }).catch(() => undefined);
      client.setQueryData(meKey, me);
    },
  });
}

/** Signs out and forgets everything the person could see. */
export function useLogout(): UseMutationResult<undefined, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<undefined>('POST', '/logout'),
    onSuccess: () => {
      client.setQueryData(meKey, null);
      forget(client);
    },
  });
}

/** Whether somebody may do something over the whole house, or in the pool named. */
export const may = (me: MeView, permission: Permission, pool?: string): boolean =>
  me.permissions.some((held) => held.permission === permission && (held.pools === null || (pool !== undefined && held.pools.includes(pool))));

/** Whether there is any pool, or the whole house, over which somebody may do it: what decides that a page is shown at all. */
export const mayAnywhere = (me: MeView, permission: Permission): boolean =>
  me.permissions.some((held) => held.permission === permission && held.pools?.length !== 0);
