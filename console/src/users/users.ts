import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import type { AddUserRequest, UserAdded, UserView } from '../api/types';

const usersKey = ['users'];

export const useUsers = () => useQuery({ queryKey: usersKey, queryFn: ({ signal }) => call<UserView[]>('GET', '/users', { signal }) });

export function useAddUser(): UseMutationResult<UserAdded, Error, AddUserRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: AddUserRequest) => call<UserAdded>('POST', '/users', { body: request }),
    onSuccess: () => client.invalidateQueries({ queryKey: usersKey }),
  });
}
