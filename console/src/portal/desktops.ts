import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, download, segment } from '../api/http';
import { putTold } from '../api/told';
import type { DesktopCard, SessionView } from '../api/types';
import { useFollow } from '../api/useFollow';

export const desktopsKey = ['desktops'];

export const fetchDesktops = (signal?: AbortSignal): Promise<DesktopCard[]> =>
  call<DesktopCard[]>('GET', '/desktops', signal ? { signal } : {});

/** The cards, live by events; while the event stream is down they are read again every few seconds. */
export function useDesktops() {
  const client = useQueryClient();
  const live = useFollow('/desktops/events', (data) => {
    if (Array.isArray(data)) void putTold(client, desktopsKey, data);
    else void client.invalidateQueries({ queryKey: desktopsKey });
  });
  return useQuery({ queryKey: desktopsKey, queryFn: ({ signal }) => fetchDesktops(signal), refetchInterval: live ? false : 3_000 });
}

/** Ends a session; answers when its machine is destroyed. */
export function useLogOff(): UseMutationResult<undefined, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) => call<undefined>('DELETE', `/sessions/${segment(sessionId)}`),
    onSettled: () => client.invalidateQueries({ queryKey: desktopsKey }),
  });
}

/** Puts a desktop back; what of it is lost is asked before. */
export function useReset(): UseMutationResult<undefined, Error, string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pool: string) => call<undefined>('POST', `/desktops/${segment(pool)}/reset`),
    onSettled: () => client.invalidateQueries({ queryKey: desktopsKey }),
  });
}

/** Fetches a file that a VNC viewer opens the desktop with. */
export const useViewerFile = (): UseMutationResult<void, Error, SessionView> =>
  useMutation({ mutationFn: ({ id, machine }: SessionView) => download('POST', `/sessions/${segment(id)}/viewer`, `${machine}.vv`) });
