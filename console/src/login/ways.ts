import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import type { SignInWays } from '../api/types';

const none: SignInWays = { directories: [], providers: [], text: null };

/** How people sign in here; whatever goes wrong, a name and a password can be tried. */
export function useWays(): SignInWays {
  const ways = useQuery({ queryKey: ['sign-in-ways'], queryFn: ({ signal }) => call<SignInWays>('GET', '/sign-in/ways', { signal }), staleTime: 60_000, retry: false });
  return ways.data ?? none;
}
