import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { UserIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import type { UserView } from '../api/types';
import { useLogout } from '../login/me';

export function UserMenu({ me }: { me: UserView }) {
  const [open, setOpen] = useState(false);
  const logout = useLogout();
  return (
    <Dropdown
      isOpen={open} onOpenChange={setOpen} onSelect={() => setOpen(false)} popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plainText" icon={<UserIcon />} isExpanded={open} onClick={() => setOpen(!open)} data-testid="user-menu">
          {me.displayName}
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem description={me.administrator ? 'Administrator' : undefined} isDisabled>{me.name}</DropdownItem>
        <DropdownItem data-testid="logout" onClick={() => logout.mutate()}>Sign out of Mayfly</DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}
