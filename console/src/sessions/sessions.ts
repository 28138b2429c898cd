import { useQuery } from '@tanstack/react-query';
import { fetchAll, queryOf } from '../api/fetchAll';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { SessionView } from '../api/types';

export type SessionState = 'open' | 'connected' | 'disconnected' | 'ended';

/** Those that ended are many: the last of them are enough to look at. */
const mostEnded = 500;

async function fetchSessions(ended: boolean, pool: string | undefined, signal: AbortSignal): Promise<SessionView[]> {
  if (!ended) return fetchAll<SessionView>(`/sessions${queryOf({ state: 'open', pool, limit: 500 })}`, signal);
  const part = await call<SessionView[] | { items: SessionView[] }>('GET', `/sessions${queryOf({ state: 'ended', pool, limit: mostEnded })}`, { signal });
  return Array.isArray(part) ? part : part.items;
}

export const useSessions = (ended: boolean, pool?: string) =>
  useQuery({ queryKey: ['sessions', ended, pool ?? ''], queryFn: ({ signal }) => fetchSessions(ended, pool, signal), refetchInterval: polled(3_000) });

const path = (id: string, rest = ''): string => `/sessions/${segment(id)}${rest}`;

/** What can be done to a session; each answers once it is done. */
export const sessionCalls = {
  message: (id: string, message: string) => call('POST', path(id, '/message'), { body: { message } }),
  disconnect: (id: string) => call('POST', path(id, '/disconnect')),
  logOff: (id: string) => call('DELETE', path(id)),
};

export const longestMessage = 500;
