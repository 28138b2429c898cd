import { useQuery } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { DoctorReport } from '../api/types';

/** Looking at a host, the server's own or another, takes it a moment and changes rarely. */
export const useDoctor = (host?: string) => useQuery({
  queryKey: ['doctor', host ?? ''], queryFn: ({ signal }) => call<DoctorReport>('GET', host === undefined ? '/doctor' : `/hosts/${segment(host)}/doctor`, { signal }), staleTime: 60_000,
});
