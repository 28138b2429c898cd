import { useEffect, useEffectEvent, useState } from 'react';
import type { Screen } from './screen';
import { modeNamed, sizeFor, type Resize, type ScreenMode } from './screenMode';
import { useRemembered } from './useRemembered';

const settleMs = 400;

export interface ScreenModeHandle { mode: ScreenMode; choose: (mode: ScreenMode) => void; refusal: unknown; forgetRefusal: () => void }

/** Keeps the screen in the chosen mode; a desktop that refuses the window's size is fitted again, and why is told. */
export function useScreenMode(screen: Screen | null, shown: boolean, resize: Resize | undefined): ScreenModeHandle {
  const [name, remember] = useRemembered('screen', 'fit');
  const [refusal, setRefusal] = useState<unknown>(null);
  const wanted = modeNamed(name);
  const mode = wanted === 'resize' && resize === undefined ? 'fit' : wanted;
  const choose = (next: ScreenMode) => { setRefusal(null); remember(next); };
  const ask = useEffectEvent(async (signal: AbortSignal) => {
    try {
      await resize?.(sizeFor({ width: window.innerWidth, height: window.innerHeight }), signal);
    } catch (error) {
      if (signal.aborted) return;
      remember('fit');
      setRefusal(error);
    }
  });
  useEffect(() => { screen?.scale(mode !== 'actual'); }, [screen, mode]);
  useEffect(() => {
    if (mode !== 'resize' || !shown) return;
    const stop = new AbortController();
    // One after the other: a desktop that is taking a size refuses another.
    let asking = Promise.resolve();
    const next = () => { asking = asking.then(() => (stop.signal.aborted ? undefined : ask(stop.signal))); };
    let timer = setTimeout(next, 0);
    const again = () => { clearTimeout(timer); timer = setTimeout(next, settleMs); };
    window.addEventListener('resize', again);
    return () => { stop.abort(); clearTimeout(timer); window.removeEventListener('resize', again); };
  }, [mode, shown]);
  return { mode, choose, refusal, forgetRefusal: () => setRefusal(null) };
}
