import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { call, segment } from '../api/http';
import type { SessionApp, SessionView } from '../api/types';
import { desktopsKey } from '../portal/desktops';

export type AttachApp = UseMutationResult<SessionView, Error, SessionApp>;

/** Attaches an application to a session when it is wanted. */
export function useAttachApp(sessionId: string): AttachApp {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ app }: SessionApp) => call<SessionView>('POST', `/sessions/${segment(sessionId)}/apps/${segment(app)}`),
    onSettled: () => client.invalidateQueries({ queryKey: desktopsKey }),
  });
}
