import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import type { EventView } from '../api/types';

const shown = 500;

async function fetchEvents(signal: AbortSignal): Promise<EventView[]> {
  const events = await call<EventView[]>('GET', `/events?limit=${shown}`, { signal });
  return events.sort((a, b) => b.id - a.id);
}

/** The last events, newest first. */
export const useEvents = () => useQuery({ queryKey: ['events'], queryFn: ({ signal }) => fetchEvents(signal), refetchInterval: 4_000 });
