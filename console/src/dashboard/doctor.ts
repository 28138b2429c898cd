import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http';
import type { DoctorReport } from '../api/types';

/** Looking at the host takes the server a moment and changes rarely. */
export const useDoctor = () =>
  useQuery({ queryKey: ['doctor'], queryFn: ({ signal }) => call<DoctorReport>('GET', '/doctor', { signal }), staleTime: 60_000 });
