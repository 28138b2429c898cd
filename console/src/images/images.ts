import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { ImageView, OperationView, PublishImageRequest, PublishMachineRequest } from '../api/types';
import { operationsKey } from './operations';

export const imagesKey = ['images'];

export const useImages = () => useQuery({ queryKey: imagesKey, queryFn: ({ signal }) => call<ImageView[]>('GET', '/images', { signal }), refetchInterval: polled(10_000) });

/** Starts a long job; its progress then shows among the operations. */
function useStart<T>(start: (request: T) => Promise<OperationView>): UseMutationResult<OperationView, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: start, onSuccess: () => client.invalidateQueries({ queryKey: operationsKey }) });
}

export interface VersionOfImage { name: string; version: string }

export const usePublishImage = () => useStart(({ name, version }: VersionOfImage) => {
  const body: PublishImageRequest = { version };
  return call<OperationView>('POST', `/images/${segment(name)}/publish`, { body });
});

export interface MachineAsImage { machine: string; image: string; withSession: boolean }

/** Makes an image of a machine as it runs; the machine goes on. */
export const usePublishMachine = () => useStart(({ machine, image, withSession }: MachineAsImage) => {
  const body: PublishMachineRequest = { image, withSession };
  return call<OperationView>('POST', `/machines/${segment(machine)}/publish`, { body });
});

/** Drops a warm image; the version itself stays. */
export const unpublish = ({ name, version }: VersionOfImage): Promise<unknown> => call('DELETE', `/images/${segment(name)}/versions/${segment(version)}/warm`);
