import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { EllipsisVIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import type { DesktopCard } from '../api/types';

export type CardAction = 'logOff' | 'reset' | 'viewer';

/** What else can be done with a desktop; nothing when there is nothing. */
export function CardMenu({ card, onAction, disabled }: { card: DesktopCard; onAction: (action: CardAction) => void; disabled: boolean }) {
  const [open, setOpen] = useState(false);
  const { pool, session } = card;
  const resets = card.mayReset && (session !== null || card.assignment === 'Dedicated');
  if (session === null && !resets) return null;
  return (
    <Dropdown
      isOpen={open} onOpenChange={setOpen} onSelect={() => setOpen(false)} popperProps={{ position: 'end' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref} variant="plain" icon={<EllipsisVIcon />} aria-label={`More for ${card.displayName}`} isExpanded={open} isDisabled={disabled}
          onClick={() => setOpen(!open)} data-testid={`desktop-menu-${pool}`}
        />
      )}
    >
      <DropdownList>
        {session !== null && <DropdownItem description="For a VNC viewer on this computer" data-testid={`desktop-viewer-${pool}`} onClick={() => onAction('viewer')}>Download .vv file</DropdownItem>}
        {resets && <DropdownItem data-testid={`desktop-reset-${pool}`} onClick={() => onAction('reset')}>Reset</DropdownItem>}
        {session !== null && <DropdownItem isDanger data-testid={`desktop-logoff-${pool}`} onClick={() => onAction('logOff')}>Log off</DropdownItem>}
      </DropdownList>
    </Dropdown>
  );
}
