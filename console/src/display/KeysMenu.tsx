import { DropdownItem, DropdownList } from '@patternfly/react-core';
import { KeyboardIcon } from '@patternfly/react-icons';
import { chords } from './keys';
import type { Screen } from './screen';
import { ToolMenu } from './ToolMenu';

/** Keys that never reach the page when they are pressed. */
export function KeysMenu({ screen, onOpen, onDone }: { screen: Screen; onOpen: (open: boolean) => void; onDone: () => void }) {
  return (
    <ToolMenu label="Send keys" testId="tool-keys" icon={<KeyboardIcon />} onOpen={onOpen} onDone={onDone}>
      <DropdownList>
        <DropdownItem data-testid="key-cad" onClick={() => screen.sendCtrlAltDel()}>Ctrl+Alt+Del</DropdownItem>
        {chords.map(({ name, testId, keys }) => <DropdownItem key={name} data-testid={testId} onClick={() => screen.press(keys)}>{name}</DropdownItem>)}
      </DropdownList>
    </ToolMenu>
  );
}
