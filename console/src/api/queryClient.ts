import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemFromError } from './problem';

export const meKey = ['me'];

/** True once the sign-in was found to be over, rather than left by logging out. */
export const signInOverKey = ['sign-in-over'];

/** Signed out elsewhere, disabled or expired: forgetting who we are shows the login page, which says why. */
export function noticeSignedOut(error: unknown): void {
  if (problemFromError(error).status !== 401 || !queryClient.getQueryData(meKey)) return;
  queryClient.setQueryData(signInOverKey, true);
  queryClient.setQueryData(meKey, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      retry: (count, error) => count < 2 && problemFromError(error).code === 'Unreachable',
    },
  },
});
