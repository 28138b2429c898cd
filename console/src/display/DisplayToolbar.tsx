import { Button } from '@patternfly/react-core';
import {
  CompressArrowsAltIcon, CopyIcon, ExpandIcon, PowerOffIcon, RebootingIcon, SearchPlusIcon, TimesIcon, VolumeUpIcon,
} from '@patternfly/react-icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ClipboardPanel } from './ClipboardPanel';
import type { DisplayDoor } from './connect';
import { KeysMenu } from './KeysMenu';
import type { Screen } from './screen';
import { Tool } from './Tool';
import { useClipboard } from './useClipboard';
import { useFullscreen } from './useFullscreen';
import { useQuality } from './useQuality';
import type { ScreenModeHandle } from './useScreenMode';
import { useSound } from './useSound';
import { useToolbarKeys } from './useToolbarKeys';
import { ViewMenu } from './ViewMenu';

/** What a menu of the toolbar needs: to hold the toolbar while it is open, and to give the focus back. */
export interface ToolSlot { onOpen: (open: boolean) => void; onDone: () => void }

interface Props {
  title: string; screen: Screen; hasSound: boolean; door: DisplayDoor; size: ScreenModeHandle;
  tools: ((menu: ToolSlot) => ReactNode) | undefined;
  onDisconnect: () => void; onLogOff: (() => void) | undefined;
}

const firstShowMs = 4_000;

/** Slides away when neither the mouse nor the focus is in it; a grip at the top edge stays. */
export function DisplayToolbar({ title, screen, hasSound, door, size, tools, onDisconnect, onLogOff }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  const [full, toggleFull] = useFullscreen();
  const [clipboardOpen, setClipboardOpen] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const [introduced, setIntroduced] = useState(false);
  const clipboard = useClipboard(screen, door.clipboard);
  const [quality, chooseQuality] = useQuality(screen);
  const sound = useSound(door);
  useToolbarKeys(() => first.current?.focus());
  useEffect(() => {
    const timer = setTimeout(() => setIntroduced(true), firstShowMs);
    return () => clearTimeout(timer);
  }, []);
  const focusScreen = () => screen.focus({ preventScroll: true });
  const back = (action: () => void) => () => { action(); focusScreen(); };
  const actual = size.mode === 'actual';
  const held = clipboardOpen || menuOpen || !introduced;
  return (
    <div className={`mayfly-bar${held ? ' mayfly-bar--held' : ''}`} data-testid="display-toolbar">
      <div className="mayfly-bar__body" role="toolbar" aria-label="Desktop" aria-keyshortcuts="Control+Alt+Shift">
        <span className="mayfly-bar__title">{title}</span>
        <Tool ref={first} label={full ? 'Leave fullscreen' : 'Fullscreen'} testId="tool-fullscreen" icon={full ? <CompressArrowsAltIcon /> : <ExpandIcon />} onClick={back(toggleFull)} />
        <Tool label="Send Ctrl+Alt+Del" testId="tool-cad" icon={<RebootingIcon />} onClick={back(() => screen.sendCtrlAltDel())} />
        <KeysMenu screen={screen} onOpen={setMenuOpen} onDone={focusScreen} />
        {clipboard.rule !== 'Off' && <Tool label="Clipboard" testId="tool-clipboard" icon={<CopyIcon />} pressed={clipboardOpen} onClick={() => setClipboardOpen(!clipboardOpen)} />}
        <Tool label={actual ? 'Fit to window' : 'Show actual size'} testId="tool-scale" icon={<SearchPlusIcon />} pressed={actual} onClick={back(() => size.choose(actual ? 'fit' : 'actual'))} />
        <ViewMenu mode={size.mode} onMode={size.choose} canResize={door.resize !== undefined} quality={quality} onQuality={chooseQuality} onOpen={setMenuOpen} onDone={focusScreen} />
        {hasSound && <Tool label={sound.silent ? 'Sound: this desktop gives none' : 'Sound'} testId="tool-sound" icon={<VolumeUpIcon />} pressed={sound.on} onClick={back(sound.toggle)} />}
        {tools?.({ onOpen: setMenuOpen, onDone: focusScreen })}
        <Tool label="Disconnect, leave it running" testId="tool-disconnect" icon={<TimesIcon />} onClick={onDisconnect} />
        {onLogOff && <Button variant="danger" size="sm" icon={<PowerOffIcon />} data-testid="tool-logoff" onClick={onLogOff}>Log off</Button>}
      </div>
      {clipboardOpen && <ClipboardPanel clipboard={clipboard} onClose={back(() => setClipboardOpen(false))} />}
      <div className="mayfly-bar__grip" aria-hidden="true" title="Ctrl+Alt+Shift" />
    </div>
  );
}
