import { useEffect, useState } from 'react';
import { secondsUntil } from './countdown';

const tickMs = 500;

/** Seconds until a point in time, counting down while it is shown. */
export function useSecondsUntil(iso: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return secondsUntil(iso, now);
}
