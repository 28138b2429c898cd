import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryOf } from '../api/fetchAll';
import { call } from '../api/http';
import { polled } from '../api/live';
import type { EventView, Page } from '../api/types';

/** What is asked of the events; empty is everything. */
export interface EventFilter { level?: string; kind?: string; user?: string; pool?: string; machine?: string; search?: string }

const partSize = 200;

async function fetchEvents(filter: EventFilter, before: string | null, limit: number, signal: AbortSignal): Promise<Page<EventView>> {
  const answer = await call<EventView[] | Page<EventView>>('GET', `/events${queryOf({ ...filter, before, limit })}`, { signal });
  const page = Array.isArray(answer) ? { items: answer, next: null, total: answer.length } : answer;
  return { ...page, items: [...page.items].sort((a, b) => b.id - a.id) };
}

const glance = 20;

/** The last few events, newest first. */
export const useLastEvents = () => useQuery({
  queryKey: ['events', 'last'], queryFn: async ({ signal }) => (await fetchEvents({}, null, glance, signal)).items, refetchInterval: polled(4_000),
});

/** Events that match, newest first, older ones part by part. */
export const useEvents = (filter: EventFilter) => useInfiniteQuery({
  queryKey: ['events', filter],
  queryFn: ({ pageParam, signal }) => fetchEvents(filter, pageParam, partSize, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
  refetchInterval: polled(4_000),
  placeholderData: (before) => before,
});
