import { useEffect, useEffectEvent, useState } from 'react';
import { follow } from './follow';

/**
 * Follows an event stream while the page is visible; a browser allows few connections to one server, so hidden tabs give
 * theirs back. Answers whether the stream is up.
 */
export function useFollow(path: string | null, onData: (data: unknown) => void, isLast?: (data: unknown) => boolean): boolean {
  const [live, setLive] = useState(false);
  const visible = useVisible();
  const receive = useEffectEvent(onData);
  const ends = useEffectEvent((data: unknown) => isLast?.(data) ?? false);
  useEffect(() => {
    if (path === null || !visible) return;
    const stop = new AbortController();
    void follow(path, { onData: (data) => receive(data), onLive: setLive, isLast: (data) => ends(data) }, stop.signal);
    return () => stop.abort();
  }, [path, visible]);
  return live;
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const change = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, []);
  return visible;
}
