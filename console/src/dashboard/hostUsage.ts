import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import { polled } from '../api/live';
import type { HostUsageView } from '../api/types';

export const useHostUsage = () =>
  useQuery({ queryKey: ['host', 'usage'], queryFn: ({ signal }) => call<HostUsageView>('GET', '/host/usage', { signal }), refetchInterval: polled(5_000) });
