import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call } from '../api/http';
import type { HouseSettings } from '../api/types';

const key = ['settings'];

export const useHouse = () => useQuery({ queryKey: key, queryFn: ({ signal }) => call<HouseSettings>('GET', '/settings', { signal }) });

export function useSetHouse(): UseMutationResult<HouseSettings, Error, HouseSettings> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: HouseSettings) => call<HouseSettings>('PUT', '/settings', { body }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export const longestSignInText = 500;

/** Why the settings can not be saved yet, or null. */
export function lackOfHouse({ signInIdleMinutes, signInLongestMinutes, signInText, syslog }: HouseSettings): string | null {
  if (signInIdleMinutes > signInLongestMinutes) return 'A sign-in can not be idle for longer than it lasts.';
  if ((signInText ?? '').length > longestSignInText) return `The text of the sign-in page may have ${longestSignInText} characters.`;
  if (syslog !== null && syslog.host.trim() === '') return 'Name the syslog server, or send no events.';
  return null;
}

/** Empty texts are no texts. */
export const toHouse = (draft: HouseSettings): HouseSettings => ({ ...draft, signInText: draft.signInText?.trim() ? draft.signInText.trim() : null });
