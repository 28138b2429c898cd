import { DropdownGroup, DropdownItem, DropdownList } from '@patternfly/react-core';
import { ThIcon } from '@patternfly/react-icons';
import type { SessionApp } from '../api/types';
import { ToolMenu } from './ToolMenu';

interface Props {
  apps: readonly SessionApp[];
  /** The application that is being attached, or null. */
  attaching: string | null;
  onAttach: (app: SessionApp) => void;
  onOpen: (open: boolean) => void; onDone: () => void;
}

/** Applications of the session: those that are there, and those to be attached when they are wanted. */
export function AppsMenu({ apps, attaching, onAttach, onOpen, onDone }: Props) {
  const there = apps.filter(({ attached }) => attached);
  const wanted = apps.filter(({ attached, delivery }) => !attached && delivery === 'Demand');
  const missing = apps.filter((app) => !there.includes(app) && !wanted.includes(app));
  return (
    <ToolMenu label="Apps" testId="tool-apps" icon={<ThIcon />} position="end" onOpen={onOpen} onDone={onDone}>
      {wanted.length > 0 && (
        <DropdownGroup label="On demand">
          <DropdownList>
            {wanted.map((app) => (
              <DropdownItem key={app.app} data-testid={`app-attach-${app.app}`} isDisabled={attaching !== null} description={attaching === app.app ? 'Being attached' : app.fault?.what ?? `Version ${app.version}`} onClick={() => onAttach(app)}>Attach {app.displayName}</DropdownItem>
            ))}
          </DropdownList>
        </DropdownGroup>
      )}
      {there.length > 0 && <Listed label="Attached" apps={there} textOf={({ version }) => `Version ${version}, in the desktop's menu`} />}
      {missing.length > 0 && <Listed label="Missing" apps={missing} textOf={({ fault }) => fault?.what ?? 'Not yet'} />}
    </ToolMenu>
  );
}

/** Applications there is nothing to do with here but to know of them. */
const Listed = ({ label, apps, textOf }: { label: string; apps: readonly SessionApp[]; textOf: (app: SessionApp) => string }) => (
  <DropdownGroup label={label}>
    <DropdownList>
      {apps.map((app) => <DropdownItem key={app.app} data-testid={`app-${app.app}`} description={textOf(app)}>{app.displayName}</DropdownItem>)}
    </DropdownList>
  </DropdownGroup>
);
