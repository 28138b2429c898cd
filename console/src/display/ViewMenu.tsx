import { DropdownGroup, DropdownItem, DropdownList } from '@patternfly/react-core';
import { CogIcon } from '@patternfly/react-icons';
import { qualities, type Quality } from './quality';
import { screenModes, type ScreenMode } from './screenMode';
import { ToolMenu } from './ToolMenu';

interface Props {
  mode: ScreenMode; onMode: (mode: ScreenMode) => void; canResize: boolean;
  quality: Quality; onQuality: (name: string) => void;
  onOpen: (open: boolean) => void; onDone: () => void;
}

/** How the picture gets into the window, and how good it is. */
export function ViewMenu({ mode, onMode, canResize, quality, onQuality, onOpen, onDone }: Props) {
  return (
    <ToolMenu label="Picture" testId="tool-view" icon={<CogIcon />} onOpen={onOpen} onDone={onDone}>
      <DropdownGroup label="Size">
        <DropdownList>
          {screenModes.filter(([value]) => canResize || value !== 'resize').map(([value, label]) => (
            <DropdownItem key={value} isSelected={mode === value} data-testid={`view-${value}`} onClick={() => onMode(value)}>{label}<Chosen when={mode === value} /></DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label="Quality">
        <DropdownList>
          {qualities.map(({ name, label }) => (
            <DropdownItem key={name} isSelected={quality.name === name} data-testid={`quality-${name}`} onClick={() => onQuality(name)}>{label}<Chosen when={quality.name === name} /></DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
    </ToolMenu>
  );
}

/** The mark of a chosen item, for those who do not see it. */
const Chosen = ({ when }: { when: boolean }) => when ? <span className="pf-v6-screen-reader">, chosen</span> : null;
