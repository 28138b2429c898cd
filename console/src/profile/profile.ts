import { useMutation, useQuery, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import { Problem } from '../api/problem';
import { meKey } from '../api/queryClient';
import type {
  ApiTokenView, ChangePasswordRequest, MadeToken, MakeTokenRequest, Page, RecoveryCodes, SecondFactorSetup, SessionView, SignInView,
} from '../api/types';

const signInsKey = ['me-sign-ins'];
const tokensKey = ['me-tokens'];

/** A request that is followed by reading again what it changed. */
function useChange<TAnswer, TInput>(send: (input: TInput) => Promise<TAnswer>, changes: QueryKey): UseMutationResult<TAnswer, Error, TInput> {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => client.invalidateQueries({ queryKey: changes }) });
}

export const useChangePassword = () => useChange((request: ChangePasswordRequest) => call<undefined>('POST', '/me/password', { body: request }), signInsKey);

/** Begins with a new secret; nothing counts before a code of it is confirmed. */
export const useBeginFactor = (): UseMutationResult<SecondFactorSetup, Error, void> => useMutation({ mutationFn: () => call<SecondFactorSetup>('POST', '/me/second-factor') });

/** Who the caller is, is read again by the page, once the recovery codes were seen. */
export const useConfirmFactor = (): UseMutationResult<RecoveryCodes, Error, string> =>
  useMutation({ mutationFn: (code: string) => call<RecoveryCodes>('PUT', '/me/second-factor', { body: { code } }) });

export const useRemoveFactor = () => useChange((code: string) => call<undefined>('DELETE', '/me/second-factor', { headers: { 'Mayfly-Code': code } }), meKey);

export const useSignIns = () => useQuery({ queryKey: signInsKey, queryFn: ({ signal }) => call<SignInView[]>('GET', '/me/sign-ins', { signal }) });
export const useEndSignIn = () => useChange((id: string) => call<undefined>('DELETE', `/me/sign-ins/${segment(id)}`), signInsKey);

export const useTokens = () => useQuery({ queryKey: tokensKey, queryFn: ({ signal }) => call<ApiTokenView[]>('GET', '/me/tokens', { signal }) });
export const useMakeToken = () => useChange((request: MakeTokenRequest) => call<MadeToken>('POST', '/tokens', { body: request }), tokensKey);
export const useRevokeToken = () => useChange((id: string) => call<undefined>('DELETE', `/me/tokens/${segment(id)}`), tokensKey);

async function fetchHistory(signal: AbortSignal): Promise<SessionView[] | null> {
  try {
    return (await call<Page<SessionView>>('GET', '/desktops/history?limit=50', { signal })).items;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** The caller's last sessions, newest first; null where the server keeps none. */
export const useHistory = () => useQuery({ queryKey: ['desktops-history'], queryFn: ({ signal }) => fetchHistory(signal) });
