import { readEvents } from '../api/eventStream';
import { queryOf } from '../api/fetchAll';
import { call, openStream, segment } from '../api/http';
import { Problem, problemFromFault } from '../api/problem';
import type { ErrorCode, OpeningView, SessionView } from '../api/types';

/**
 * Opens a desktop, with the user's own disk or without, and tells each step on the way. Where the stream is not to be had, or breaks off, the plain request takes over:
 * it answers with the session that was begun. Throws a Problem, or the AbortError of the signal.
 */
export async function openDesktop(pool: string, withoutVolume: boolean, tell: (view: OpeningView) => void, signal: AbortSignal): Promise<SessionView> {
  try {
    const session = await followOpening(pool, withoutVolume, tell, signal);
    if (session !== null) return session;
  } catch (error) {
    if (signal.aborted || (error instanceof Problem && error.status !== 404 && error.code !== 'Unreachable')) throw error;
  }
  return call<SessionView>('POST', openPath(pool, 'open', withoutVolume), { signal });
}

const openPath = (pool: string, way: 'open' | 'opening', withoutVolume: boolean): string =>
  `/desktops/${segment(pool)}/${way}${queryOf({ withoutVolume: withoutVolume ? 'true' : null })}`;

/** Codes that say why a user's own disk keeps a desktop from opening; it opens without. */
const diskCodes: readonly string[] = ['VolumeInUse', 'VolumeDisabled', 'VolumeUnusable'] satisfies ErrorCode[];

export const isForDisk = (error: unknown): boolean => error instanceof Problem && diskCodes.includes(error.code);

async function followOpening(pool: string, withoutVolume: boolean, tell: (view: OpeningView) => void, signal: AbortSignal): Promise<SessionView | null> {
  const body = await openStream(openPath(pool, 'opening', withoutVolume), signal);
  for await (const event of readEvents(body)) {
    const view = JSON.parse(event.data) as OpeningView;
    tell(view);
    if (view.fault) throw problemFromFault(view.fault);
    if (view.session) return view.session;
  }
  return null;
}
