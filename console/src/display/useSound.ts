import { useEffect, useRef, useState } from 'react';
import type { DisplayDoor } from './connect';
import { playSound } from './sound';

export interface SoundHandle { on: boolean; silent: boolean; toggle: () => void }

/** The sound of the desktop shown: off until it is asked for, since a page may not make a noise by itself. */
export function useSound(door: DisplayDoor): SoundHandle {
  const [on, setOn] = useState(false);
  const [silent, setSilent] = useState(false);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async () => {
    const mine = new AbortController();
    stop.current = mine;
    setOn(true);
    setSilent(false);
    const ended = (heard: boolean) => { setOn(false); setSilent(!heard); };
    const ticket = await door.requestTicket(mine.signal).catch(() => null);
    if (mine.signal.aborted) return;
    if (ticket === null) { ended(false); return; }
    mine.signal.addEventListener('abort', playSound(ticket.ticket, ended), { once: true });
  };
  const toggle = () => {
    if (!on) { void start(); return; }
    stop.current?.abort();
    setOn(false);
  };
  return { on, silent, toggle };
}
