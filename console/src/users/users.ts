import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { fetchAll, queryOf } from '../api/fetchAll';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { AddUserRequest, ChangeUserRequest, Page, PasswordSet, SetPasswordRequest, UserAdded, UserView } from '../api/types';

const usersKey = ['users'];
export const userPath = (name: string, rest = ''): string => `/users/${segment(name)}${rest}`;

export const useUsers = (enabled = true) =>
  useQuery({ enabled, queryKey: usersKey, queryFn: ({ signal }) => fetchAll<UserView>('/users?limit=1000', signal), refetchInterval: polled(15_000) });

const mostFound = 20;

/** The first users that a search finds. */
export const useFoundUsers = (search: string) => useQuery({
  queryKey: [...usersKey, 'found', search],
  queryFn: ({ signal }) => call<Page<UserView>>('GET', `/users${queryOf({ search, limit: mostFound })}`, { signal }),
  placeholderData: (before) => before,
});

/** Changes something of users; lists of them are read again then. */
function useChange<T, R>(change: (request: T) => Promise<R>): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: usersKey }) });
}

export const useAddUser = () => useChange((body: AddUserRequest) => call<UserAdded>('POST', '/users', { body }));

export const useChangeUser = (name: string) => useChange((body: ChangeUserRequest) => call<UserView>('PUT', userPath(name), { body }));

export const useSetPassword = (name: string) => useChange((body: SetPasswordRequest) => call<PasswordSet>('PUT', userPath(name, '/password'), { body }));
