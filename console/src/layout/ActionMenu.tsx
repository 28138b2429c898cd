import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { useState } from 'react';
import { inMain } from './inMain';

export interface ActionItem { title: string; testId?: string; danger?: boolean; disabled?: boolean; onClick: () => void }

interface Props { label: string; items: readonly ActionItem[]; testId: string; disabled?: boolean; align?: 'start' | 'end' }

/** A button that opens a list of actions. */
export function ActionMenu({ label, items, testId, disabled = false, align = 'start' }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open} onOpenChange={setOpen} onSelect={() => setOpen(false)} popperProps={{ ...inMain, position: align }}
      toggle={(ref) => <MenuToggle ref={ref} isExpanded={open} isDisabled={disabled} onClick={() => setOpen(!open)} data-testid={testId}>{label}</MenuToggle>}
    >
      <DropdownList>
        {items.map((item) => (
          <DropdownItem key={item.title} data-testid={item.testId} isDanger={item.danger ?? false} isDisabled={item.disabled ?? false} onClick={item.onClick}>{item.title}</DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
