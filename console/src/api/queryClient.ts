import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemFromError } from './problem';

export const meKey = ['me'];

/** Signed out elsewhere or expired: forgetting who we are shows the login page. */
function noticeSignedOut(error: unknown): void {
  if (problemFromError(error).status === 401) queryClient.setQueryData(meKey, null);
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
