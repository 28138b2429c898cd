import { useEffect, useState } from 'react';
import type { Screen } from './screen';

export interface SharedClipboard { remoteText: string; send: (text: string) => void }

/** Only when leave was given before: asking each time the window gets the focus would be a nuisance. */
async function mayRead(): Promise<boolean> {
  try {
    const status = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return status.state === 'granted';
  } catch {
    return false;
  }
}

/** Text goes both ways by itself where the browser allows it; the clipboard panel serves where it does not. */
export function useClipboard(screen: Screen | null): SharedClipboard {
  const [remoteText, setRemoteText] = useState('');
  useEffect(() => {
    if (screen === null) return;
    let last = '';
    screen.addEventListener('clipboard', ({ detail }) => {
      last = detail.text;
      setRemoteText(detail.text);
      void writeLocal(detail.text);
    });
    const push = async () => {
      if (!(await mayRead())) return;
      const text = await navigator.clipboard.readText().catch(() => '');
      if (text === '' || text === last) return;
      last = text;
      screen.clipboardPasteFrom(text);
    };
    const focused = () => void push();
    screen.addEventListener('connect', focused);
    window.addEventListener('focus', focused);
    return () => window.removeEventListener('focus', focused);
  }, [screen]);
  return { remoteText, send: (text) => screen?.clipboardPasteFrom(text) };
}

/** Over plain HTTP there is no clipboard object at all, and without leave it refuses; the panel still shows the text. */
async function writeLocal(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  await clipboard?.writeText(text).catch(() => undefined);
}
