import { useEffect, useState } from 'react';

interface KeyboardLock { lock?: () => Promise<void>; unlock?: () => void }

const keyboard = (): KeyboardLock | undefined => (navigator as Navigator & { keyboard?: KeyboardLock }).keyboard;

async function toggle(): Promise<void> {
  if (document.fullscreenElement !== null) {
    await document.exitFullscreen();
    return;
  }
  await document.documentElement.requestFullscreen();
  // With the lock, Escape, Alt+Tab and the like go to the desktop. Not every browser has it.
  await keyboard()?.lock?.().catch(() => undefined);
}

export function useFullscreen(): [boolean, () => void] {
  const [full, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const change = () => {
      setFull(document.fullscreenElement !== null);
      if (document.fullscreenElement === null) keyboard()?.unlock?.();
    };
    document.addEventListener('fullscreenchange', change);
    return () => {
      document.removeEventListener('fullscreenchange', change);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, []);
  return [full, () => void toggle().catch(() => undefined)];
}
