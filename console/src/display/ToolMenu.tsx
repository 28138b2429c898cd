import { Dropdown, MenuToggle, Tooltip } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { tipPlace } from './tipPlace';

interface Props {
  label: string; testId: string; icon: ReactNode;
  /** Which edge of a wide list is at the tool. */
  position?: 'center' | 'end';
  onOpen: (open: boolean) => void; onDone: () => void; children: ReactNode;
}

/** A tool that opens a list. It stays inside of the toolbar, which would slide away if the focus left it. */
export function ToolMenu({ label, testId, icon, position = 'center', onOpen, onDone, children }: Props) {
  const [open, setOpen] = useState(false);
  const [near, setNear] = useState(false);
  const set = (next: boolean) => { setOpen(next); onOpen(next); };
  return (
    <Dropdown
      isOpen={open} onOpenChange={set} onSelect={() => { set(false); onDone(); }} popperProps={{ appendTo: 'inline', position }}
      toggle={(ref) => (
        // The tip would cover the list.
        <Tooltip content={label} position="bottom" appendTo={tipPlace} trigger="manual" isVisible={near && !open}>
          <MenuToggle
            ref={ref} variant="plain" icon={icon} aria-label={label} isExpanded={open} onClick={() => set(!open)} data-testid={testId}
            onMouseEnter={() => setNear(true)} onMouseLeave={() => setNear(false)} onFocus={() => setNear(true)} onBlur={() => setNear(false)}
          />
        </Tooltip>
      )}
    >
      {children}
    </Dropdown>
  );
}
