import { useEffect, useState } from 'react';

const tickMs = 250;

/** Whole seconds since a moment, counting up while it is shown. */
export function useSecondsSince(since: number): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - since) / 1_000));
}
