import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { DesktopCard } from '../api/types';
import { useFollow } from '../api/useFollow';

export const desktopsKey = ['desktops'];

export const fetchDesktops = (signal?: AbortSignal): Promise<DesktopCard[]> =>
  call<DesktopCard[]>('GET', '/desktops', signal ? { signal } : {});

/** The cards, live by events; while the event stream is down they are read again every few seconds. */
export function useDesktops() {
  const client = useQueryClient();
  const live = useFollow('/desktops/events', (data) => {
    if (Array.isArray(data)) client.setQueryData(desktopsKey, data);
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
