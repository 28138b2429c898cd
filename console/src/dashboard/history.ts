import { useQuery } from '@tanstack/react-query';
import { queryOf } from '../api/fetchAll';
import { call } from '../api/http';
import { Problem } from '../api/problem';
import { metricNames, pointsOf, type HistoryPoint, type MetricSeries } from './historyPoints';

const againMs = 30_000;

/** What happened over the last minutes; null while the server keeps no history. */
async function fetchHistory(minutes: number, signal: AbortSignal): Promise<HistoryPoint[] | null> {
  try {
    return pointsOf(await Promise.all(metricNames.map((name) => call<MetricSeries>('GET', `/metrics/history${queryOf({ name, minutes })}`, { signal }))));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

export const useHistory = (minutes: number) =>
  useQuery({ queryKey: ['metrics', minutes], queryFn: ({ signal }) => fetchHistory(minutes, signal), refetchInterval: ({ state }) => state.data === null ? false : againMs, placeholderData: (before) => before });
