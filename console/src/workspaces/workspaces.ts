import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { Workspace, WorkspaceView } from '../api/types';

const key = ['workspaces'];

export const useWorkspaces = () => useQuery({ queryKey: key, queryFn: ({ signal }) => call<WorkspaceView[]>('GET', '/workspaces', { signal }), refetchInterval: polled(10_000) });

/** Changes a workspace; what it gives and takes is read again, too. */
export function useWorkspaceChange<T>(change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries() });
}

const pathOf = (name: string): string => `/workspaces/${segment(name)}`;

export const workspaceCalls = {
  set: (name: string, workspace: Workspace) => call('PUT', pathOf(name), { body: workspace }),
  repair: (name: string) => call('POST', `${pathOf(name)}/repair`),
  remove: (name: string, withdraw: boolean) => call('DELETE', `${pathOf(name)}${withdraw ? '?withdraw=true' : ''}`),
};

export const emptyWorkspace: Required<Workspace> = { displayName: '', users: [], groups: [], pool: '', apps: [], persona: true };
