import { openStream } from './http';
import { readEvents } from './eventStream';
import { Problem } from './problem';

export interface Follower {
  onData: (data: unknown) => void;
  /** Told when the stream comes up or goes down, so that the caller can poll meanwhile. */
  onLive?: (live: boolean) => void;
  /** After data this answers true for, the stream is over and is not opened again. */
  isLast?: (data: unknown) => boolean;
}

const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

/** Follows an event stream, opening it again with growing pauses, until the signal aborts or the last event came. */
export async function follow(path: string, follower: Follower, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs;
  while (!signal.aborted) {
    try {
      const body = await openStream(path, signal);
      follower.onLive?.(true);
      for await (const event of readEvents(body)) {
        retryMs = firstRetryMs;
        const data: unknown = JSON.parse(event.data);
        follower.onData(data);
        if (follower.isLast?.(data)) return;
      }
    } catch (error) {
      // What is not there will not come by asking again.
      if (error instanceof Problem && error.status === 404) return;
      // A broken stream is no news for the reader: polling takes over, and its answer carries the reason.
    }
    follower.onLive?.(false);
    await pause(retryMs, signal);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) { resolve(); return; }
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
