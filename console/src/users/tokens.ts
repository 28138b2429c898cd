import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import type { ApiTokenView, MadeToken, MakeTokenRequest } from '../api/types';

const key = ['tokens'];

export const useTokens = () => useQuery({ queryKey: key, queryFn: ({ signal }) => call<ApiTokenView[]>('GET', '/tokens', { signal }) });

export function useMakeToken(): UseMutationResult<MadeToken, Error, MakeTokenRequest> {
  const client = useQueryClient();
  return useMutation({ mutationFn: (body: MakeTokenRequest) => call<MadeToken>('POST', '/tokens', { body }), onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}
