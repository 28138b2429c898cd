import { Button, Tooltip } from '@patternfly/react-core';
import { CompressArrowsAltIcon, CopyIcon, ExpandIcon, KeyboardIcon, PowerOffIcon, SearchPlusIcon, TimesIcon } from '@patternfly/react-icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ClipboardPanel } from './ClipboardPanel';
import type { Screen } from './screen';
import { useClipboard } from './useClipboard';
import { useFullscreen } from './useFullscreen';
import { useToolbarKeys } from './useToolbarKeys';

interface Props {
  title: string; screen: Screen; scaled: boolean;
  onScale: (scaled: boolean) => void; onDisconnect: () => void; onLogOff: (() => void) | undefined;
}

const firstShowMs = 4_000;

/** Slides away when neither the mouse nor the focus is in it; a grip at the top edge stays. */
export function DisplayToolbar({ title, screen, scaled, onScale, onDisconnect, onLogOff }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  const [full, toggleFull] = useFullscreen();
  const [clipboardOpen, setClipboardOpen] = useState(false);
  const [introduced, setIntroduced] = useState(false);
  const clipboard = useClipboard(screen);
  useToolbarKeys(() => first.current?.focus());
  useEffect(() => {
    const timer = setTimeout(() => setIntroduced(true), firstShowMs);
    return () => clearTimeout(timer);
  }, []);
  const back = (action: () => void) => () => { action(); screen.focus({ preventScroll: true }); };
  return (
    <div className={`mayfly-bar${clipboardOpen || !introduced ? ' mayfly-bar--held' : ''}`} data-testid="display-toolbar">
      <div className="mayfly-bar__body" role="toolbar" aria-label="Desktop" aria-keyshortcuts="Control+Alt+Shift">
        <span className="mayfly-bar__title">{title}</span>
        <Tool ref={first} label="Send Ctrl+Alt+Del" testId="tool-cad" icon={<KeyboardIcon />} onClick={back(() => screen.sendCtrlAltDel())} />
        <Tool label="Clipboard" testId="tool-clipboard" icon={<CopyIcon />} pressed={clipboardOpen} onClick={() => setClipboardOpen(!clipboardOpen)} />
        <Tool label={scaled ? 'Show actual size' : 'Fit to window'} testId="tool-scale" icon={<SearchPlusIcon />} pressed={!scaled} onClick={back(() => onScale(!scaled))} />
        <Tool label={full ? 'Leave fullscreen' : 'Fullscreen'} testId="tool-fullscreen" icon={full ? <CompressArrowsAltIcon /> : <ExpandIcon />} onClick={back(toggleFull)} />
        <Tool label="Disconnect, leave it running" testId="tool-disconnect" icon={<TimesIcon />} onClick={onDisconnect} />
        {onLogOff && <Button variant="danger" size="sm" icon={<PowerOffIcon />} data-testid="tool-logoff" onClick={onLogOff}>Log off</Button>}
      </div>
      {clipboardOpen && <ClipboardPanel clipboard={clipboard} onClose={back(() => setClipboardOpen(false))} />}
      <div className="mayfly-bar__grip" aria-hidden="true" title="Ctrl+Alt+Shift" />
    </div>
  );
}

interface ToolProps { label: string; testId: string; icon: ReactNode; pressed?: boolean; onClick: () => void; ref?: React.Ref<HTMLButtonElement> }

function Tool({ label, testId, icon, pressed, onClick, ref }: ToolProps) {
  return (
    <Tooltip content={label} position="bottom">
      <Button ref={ref} variant="plain" icon={icon} aria-label={label} aria-pressed={pressed} data-testid={testId} onClick={onClick} />
    </Tooltip>
  );
}
