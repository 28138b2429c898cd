import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { AddGroupRequest, GroupView } from '../api/types';

const key = ['groups'];
export const groupPath = (name: string, rest = ''): string => `/groups/${segment(name)}${rest}`;

export const useGroups = (enabled = true) => useQuery({ enabled, queryKey: key, queryFn: ({ signal }) => call<GroupView[]>('GET', '/groups', { signal }) });

export const useMembers = (group: string) =>
  useQuery({ queryKey: [...key, group, 'members'], queryFn: ({ signal }) => call<string[]>('GET', groupPath(group, '/members'), { signal }) });

function useChange<T, R>(change: (request: T) => Promise<R>): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'groups' || queryKey[0] === 'users' }) });
}

export const useAddGroup = () => useChange((body: AddGroupRequest) => call<GroupView>('POST', '/groups', { body }));

export interface Membership { user: string; member: boolean }

export const useSetMember = (group: string) =>
  useChange(({ user, member }: Membership) => call(member ? 'PUT' : 'DELETE', groupPath(group, `/members/${segment(user)}`)));
