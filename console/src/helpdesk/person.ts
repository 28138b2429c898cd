import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import { polled } from '../api/live';
import type { PersonView } from '../api/types';
import { userPath } from '../users/users';

export const usePerson = (user: string) =>
  useQuery({ queryKey: ['person', user], queryFn: ({ signal }) => call<PersonView>('GET', userPath(user, '/person'), { signal }), refetchInterval: polled(3_000) });
