import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { fetchAll, queryOf } from '../api/fetchAll';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { VolumeDetails, VolumeView } from '../api/types';

export const volumesKey = ['volumes'];
export const volumePath = (id: string, rest = ''): string => `/volumes/${segment(id)}${rest}`;

/** All volumes, or those of one user. */
export const useVolumes = (user?: string, enabled = true) =>
  useQuery({ enabled, queryKey: [...volumesKey, 'of', user ?? ''], queryFn: ({ signal }) => fetchAll<VolumeView>(`/volumes${queryOf({ user, limit: 1000 })}`, signal), refetchInterval: polled(5_000) });

/** A volume with what its file says. It is read from the disk, so it is kept a while. */
export const useVolumeDetails = (id: string) =>
  useQuery({ queryKey: ['volume-file', id], queryFn: ({ signal }) => call<VolumeDetails>('GET', volumePath(id), { signal }), staleTime: 30_000, refetchInterval: 60_000 });

/** Does something to a volume; what is shown of it is read again then. */
export function useVolumeChange<T>(id: string, change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: volumesKey }), client.invalidateQueries({ queryKey: ['volume-file', id] })]),
  });
}

/** What can be done to a volume; each answers once it is done. */
export const volumeCalls = {
  grow: (id: string, sizeMib: number) => call('POST', volumePath(id, '/grow'), { body: { sizeMib } }),
  snapshot: (id: string) => call('POST', volumePath(id, '/snapshot')),
  restore: (id: string, snapshot: string) => call('POST', volumePath(id, '/restore'), { body: { snapshot } }),
  enable: (id: string, enabled: boolean) => call('PUT', volumePath(id, '/enabled'), { body: { enabled } }),
  move: (id: string, user: string) => call('POST', volumePath(id, '/move'), { body: { user } }),
  remove: (id: string) => call('DELETE', volumePath(id)),
};
