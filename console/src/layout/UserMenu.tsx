import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { UserIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { MeView } from '../api/types';
import { useLogout } from '../login/me';
import { ProblemAlert } from './ProblemAlert';

export function UserMenu({ me }: { me: MeView }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const logout = useLogout();
  // The next to sign in here begins at the beginning, and not where the last one was.
  const leave = () => logout.mutate(undefined, { onSuccess: () => void navigate('/', { replace: true }) });
  return (
    <>
      {logout.error && <ProblemAlert error={logout.error} testId="logout-problem" />}
      <Dropdown
        isOpen={open} onOpenChange={setOpen} onSelect={() => setOpen(false)} popperProps={{ position: 'right' }}
        toggle={(ref) => (
          <MenuToggle ref={ref} variant="plainText" icon={<UserIcon />} isExpanded={open} onClick={() => setOpen(!open)} data-testid="user-menu">
            <span className="mayfly-user">{me.displayName}</span>
          </MenuToggle>
        )}
      >
        <DropdownList>
          <DropdownItem data-testid="menu-desktops" onClick={() => void navigate('/desktops')}>My desktops</DropdownItem>
          <DropdownItem description={me.name} data-testid="menu-profile" onClick={() => void navigate('/profile')}>Profile</DropdownItem>
          <DropdownItem data-testid="logout" onClick={leave}>Sign out of Mayfly</DropdownItem>
        </DropdownList>
      </Dropdown>
    </>
  );
}
