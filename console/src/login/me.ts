import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import { Problem } from '../api/problem';
import { meKey } from '../api/queryClient';
import type { LoginRequest, UserView } from '../api/types';

async function fetchMe(signal: AbortSignal): Promise<UserView | null> {
  try {
    return await call<UserView>('GET', '/me', { signal });
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; null when nobody is. */
export const useMe = () => useQuery({ queryKey: meKey, queryFn: ({ signal }) => fetchMe(signal), staleTime: Infinity });

export function useLogin(): UseMutationResult<void, Error, LoginRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (request: LoginRequest) => {
      await call('POST', '/login', { body: request });
      await client.refetchQueries({ queryKey: meKey });
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
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
    },
  });
}
