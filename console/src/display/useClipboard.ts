import { useEffect, useState } from 'react';
import type { ClipboardRule } from '../api/types';
import { mayCopy, mayPaste } from './clipboardRule';
import type { Screen } from './screen';

export interface SharedClipboard { rule: ClipboardRule; remoteText: string; send: (text: string) => void }

/** Only when leave was given before: asking each time the window gets the focus would be a nuisance. */
async function mayRead(): Promise<boolean> {
  try {
    const status = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return status.state === 'granted';
  } catch {
    return false;
  }
}

/**
 * Text goes the ways that are allowed by itself where the browser lets it; the clipboard panel serves where it does not. The server holds to the
 * rule too: here it only keeps the page from offering what would come to nothing.
 */
export function useClipboard(screen: Screen | null, rule: ClipboardRule): SharedClipboard {
  const [remoteText, setRemoteText] = useState('');
  useEffect(() => {
    if (screen === null) return;
    let last = '';
    screen.addEventListener('clipboard', ({ detail }) => {
      if (!mayCopy(rule)) return;
      last = detail.text;
      setRemoteText(detail.text);
      void writeLocal(detail.text);
    });
    const push = async () => {
      if (!mayPaste(rule) || !(await mayRead())) return;
      const text = await navigator.clipboard.readText().catch(() => '');
      if (text === '' || text === last) return;
      last = text;
      screen.clipboardPasteFrom(text);
    };
    const focused = () => void push();
    screen.addEventListener('connect', focused);
    window.addEventListener('focus', focused);
    // What was copied before the desktop was opened.
    if (document.hasFocus()) focused();
    return () => window.removeEventListener('focus', focused);
  }, [screen, rule]);
  return { rule, remoteText, send: (text) => { if (mayPaste(rule)) screen?.clipboardPasteFrom(text); } };
}

/** Over plain HTTP there is no clipboard object at all, and without leave it refuses; the panel still shows the text. */
export async function writeLocal(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  await clipboard?.writeText(text).catch(() => undefined);
}
