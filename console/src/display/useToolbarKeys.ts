import { useEffect, useEffectEvent } from 'react';

/**
 * All keys belong to the desktop, so one chord reaches the toolbar: Ctrl+Alt+Shift, pressed and let go. It acts on letting go,
 * when the desktop has seen every key come up again.
 */
export function useToolbarKeys(onChord: () => void): void {
  const act = useEffectEvent(onChord);
  useEffect(() => {
    let armed = false;
    const down = (event: KeyboardEvent) => {
      const modifier = ['Control', 'Alt', 'Shift', 'Meta'].includes(event.key);
      armed = modifier && (armed || (event.ctrlKey && event.altKey && event.shiftKey));
    };
    const up = (event: KeyboardEvent) => {
      if (!armed || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return;
      armed = false;
      act();
    };
    window.addEventListener('keydown', down, { capture: true });
    window.addEventListener('keyup', up, { capture: true });
    return () => {
      window.removeEventListener('keydown', down, { capture: true });
      window.removeEventListener('keyup', up, { capture: true });
    };
  }, []);
}
