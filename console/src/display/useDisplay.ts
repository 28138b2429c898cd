import { useEffect, useEffectEvent, useReducer, useState, type RefCallback } from 'react';
import { connectDisplay, type DisplayDoor, type OpenDisplay } from './connect';
import { initialDisplay, reduceDisplay, type DisplayState } from './displayState';
import type { Screen } from './screen';

export interface DisplayHandle {
  state: DisplayState;
  screen: Screen | null;
  hasSound: boolean;
  targetRef: RefCallback<HTMLElement>;
  reconnect: () => void;
}

/** Holds one display open while its page is shown. */
export function useDisplay(door: DisplayDoor): DisplayHandle {
  const [state, dispatch] = useReducer(reduceDisplay, initialDisplay);
  const [opened, setOpened] = useState<OpenDisplay | null>(null);
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const connect = useEffectEvent((element: HTMLElement, signal: AbortSignal) => connectDisplay(element, door, dispatch, signal));
  useEffect(() => {
    if (target === null) return;
    const stop = new AbortController();
    void connect(target, stop.signal).then((display) => {
      if (!stop.signal.aborted) setOpened(display);
    });
    return () => { stop.abort(); setOpened(null); };
  }, [target, state.attempt]);
  return { state, screen: opened?.screen ?? null, hasSound: opened?.hasSound ?? false, targetRef: setTarget, reconnect: () => dispatch({ type: 'reconnect' }) };
}
