import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { Problem } from '../api/problem';
import type { DirectoryTestReport, DirectoryView, SetDirectoryRequest } from './directoryTypes';

const key = ['directories'];
export const directoryPath = (name: string, rest = ''): string => `/directories/${segment(name)}${rest}`;

/** A server without directories has none. */
async function fetchDirectories(signal: AbortSignal): Promise<DirectoryView[]> {
  try {
    return await call<DirectoryView[]>('GET', '/directories', { signal });
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return [];
    throw error;
  }
}

export const useDirectories = () => useQuery({ queryKey: key, queryFn: ({ signal }) => fetchDirectories(signal) });

export interface Saving { name: string; request: SetDirectoryRequest }

export function useSaveDirectory(): UseMutationResult<unknown, Error, Saving> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, request }: Saving) => call('PUT', directoryPath(name), { body: request }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export const useTestDirectory = (): UseMutationResult<DirectoryTestReport, Error, string> =>
  useMutation({ mutationFn: (name: string) => call<DirectoryTestReport>('POST', directoryPath(name, '/test')) });
