import { useEffect, useState } from 'react';
import { apiBase, segment } from '../api/http';

const refreshMs = 10_000;
const patience = 3;

/**
 * The address of a session's latest picture; null while there is none. It is fetched before it is shown, so that the card never
 * flickers, only while the page is visible, and no more after it failed a few times in a row.
 */
export function useThumbnail(sessionId: string | null): string | null {
  const [shown, setShown] = useState<{ of: string; address: string } | null>(null);
  useEffect(() => {
    if (sessionId === null) return;
    let failures = 0;
    let stopped = false;
    const look = () => {
      if (document.visibilityState !== 'visible' || failures >= patience) return;
      const picture = new Image();
      picture.onload = () => { failures = 0; if (!stopped) setShown({ of: sessionId, address: picture.src }); };
      picture.onerror = () => { failures += 1; if (!stopped) setShown(null); };
      picture.src = `${apiBase}/sessions/${segment(sessionId)}/thumbnail?at=${Date.now()}`;
    };
    look();
    const timer = setInterval(look, refreshMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      stopped = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [sessionId]);
  return shown !== null && shown.of === sessionId ? shown.address : null;
}
