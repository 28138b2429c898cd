import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { fetchAll, queryOf } from '../api/fetchAll';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { BeginCaptureRequest, CaptureView } from '../api/types';
import { useFollow } from '../api/useFollow';

const capturesKey = ['captures'];
export const capturePath = (id: string, rest = ''): string => `/captures/${segment(id)}${rest}`;

/** Where the console has a capture's page, and the desktop on which it is installed by hand. */
export const capturePage = (id: string): string => `/captures/${segment(id)}`;
export const captureDesktop = (id: string): string => `${capturePage(id)}/desktop`;

export const isOver = ({ endedAt }: CaptureView): boolean => endedAt !== null;

const isCapture = (data: unknown): data is CaptureView => typeof data === 'object' && data !== null && 'state' in data && 'endedAt' in data;

export const useCaptures = (app: string) =>
  useQuery({ queryKey: [...capturesKey, 'of', app], queryFn: ({ signal }) => fetchAll<CaptureView>(`/captures${queryOf({ app, limit: 1000 })}`, signal), refetchInterval: polled(3_000) });

export const fetchCapture = (id: string, signal?: AbortSignal): Promise<CaptureView> => call<CaptureView>('GET', capturePath(id), signal ? { signal } : {});

/** One capture, live by events until it ends; read again every few seconds while the stream is down. */
export function useCapture(id: string) {
  const client = useQueryClient();
  const key = [...capturesKey, id];
  const over = client.getQueryData<CaptureView>(key)?.endedAt != null;
  const live = useFollow(over ? null : capturePath(id, '/events'), (data) => {
    if (!isCapture(data)) return;
    client.setQueryData(key, data);
    // What it has become is among the packages.
    if (isOver(data)) void client.invalidateQueries({ queryKey: ['apps'] });
  }, (data) => isCapture(data) && isOver(data));
  return useQuery({ queryKey: key, queryFn: ({ signal }) => fetchCapture(id, signal), refetchInterval: live || over ? false : 3_000 });
}

function useChange<T, R>(change: (request: T) => Promise<R>): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: capturesKey }) });
}

export const useBeginCapture = () => useChange((body: BeginCaptureRequest) => call<CaptureView>('POST', '/captures', { body }));

/** Has what was installed by hand packed. */
export const useFinishCapture = () => useChange((id: string) => call<CaptureView>('POST', capturePath(id, '/finish')));

/** Gives a capture up; answers when its machine is destroyed. */
export const cancelCapture = (id: string): Promise<unknown> => call('DELETE', capturePath(id));

export const useCancelCapture = () => useChange(cancelCapture);
