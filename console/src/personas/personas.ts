import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { fetchAll } from '../api/fetchAll';
import { call, segment } from '../api/http';
import { polled } from '../api/live';
import type { EnvironmentView, FlexConfigView, PersonaDetails, PersonaPartView, PersonaVersionView, PersonaView } from '../api/types';

const personasKey = ['personas'];
const configsKey = ['flex-configs'];
const environmentsKey = ['environments'];

/** Where what is kept of somebody's settings is: of a user, or of whoever is signed in. */
export const personaPath = (user: string | null): string => user === null ? '/me/persona' : `/personas/${segment(user)}`;

export const usePersonas = () =>
  useQuery({ queryKey: [...personasKey, 'list'], queryFn: ({ signal }) => fetchAll<PersonaView>('/personas?limit=1000', signal), refetchInterval: polled(10_000) });

export const usePersona = (user: string | null, enabled = true) =>
  useQuery({ enabled, queryKey: [...personasKey, personaPath(user)], queryFn: ({ signal }) => call<PersonaDetails>('GET', personaPath(user), { signal }), refetchInterval: polled(30_000) });

/** Changes what is kept of settings; all that shows it reads it again. */
export function usePersonaChange<T>(change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: personasKey }) });
}

export const personaCalls = {
  restore: (user: string | null, config: string, version: string) => call('POST', `${personaPath(user)}/${segment(config)}/restore`, { body: { version } }),
  reset: (user: string | null, config: string) => call('POST', `${personaPath(user)}/${segment(config)}/reset`),
  remove: (user: string) => call('DELETE', personaPath(user)),
};

export const useFlexConfigs = () => useQuery({ queryKey: configsKey, queryFn: ({ signal }) => call<FlexConfigView[]>('GET', '/flex-configs', { signal }) });

export function useFlexConfigChange<T>(change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: configsKey }) });
}

export const useEnvironments = () => useQuery({ queryKey: environmentsKey, queryFn: ({ signal }) => call<EnvironmentView[]>('GET', '/environments', { signal }) });

export function useEnvironmentChange<T>(change: (request: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: environmentsKey }) });
}

export const environmentPath = (name: string): string => `/environments/${segment(name)}`;

export const configPath = (name: string): string => `/flex-configs/${segment(name)}`;

/** The version the next desktop gets, or null. */
export const currentOf = ({ versions }: PersonaPartView): PersonaVersionView | null => versions.find(({ state }) => state === 'Current') ?? null;
