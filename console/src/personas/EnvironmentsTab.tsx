import { Button, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { call } from '../api/http';
import type { EnvironmentView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { Loaded } from '../layout/Loaded';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { EnvironmentDialog } from './EnvironmentDialog';
import { environmentPath, useEnvironmentChange, useEnvironments } from './personas';

const columns: Column<EnvironmentView>[] = [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'shown', title: 'Shown as', sort: ({ displayName }) => displayName, cell: ({ displayName }) => displayName },
  { key: 'enabled', title: 'Given', sort: ({ enabled }) => enabled ? 0 : 1, cell: ({ enabled }) => enabled ? 'yes' : <span className="mayfly-subtle">no</span> },
];

type Dialog = { kind: 'edit'; environment: EnvironmentView | null } | { kind: 'remove'; environment: EnvironmentView };

/** What desktops have beside settings. */
export function EnvironmentsTab() {
  const environments = useEnvironments();
  const [open, setOpen] = useState<Dialog | null>(null);
  return (
    <>
      <Loaded query={environments} label="environments">
        {(rows) => (
          <DataTable
            id="environments" label="Environments" rows={rows} prefix="e." columns={columns} rowKey={({ name }) => name} rowTestId={({ name }) => `environment-${name}`}
            search={{ hint: 'Name', texts: ({ name, displayName }) => [name, displayName] }}
            actions={<ToolbarItem><Button data-testid="environment-add" onClick={() => setOpen({ kind: 'edit', environment: null })}>Make an environment</Button></ToolbarItem>}
            rowActions={(environment) => [
              { title: 'Change', onClick: () => setOpen({ kind: 'edit', environment }) },
              { title: 'Remove', isDanger: true, onClick: () => setOpen({ kind: 'remove', environment }) },
            ]}
            empty={{ title: 'No environments', text: 'An environment gives desktops network drives, variables, shortcuts, printers and tasks, to those whom its conditions fit.' }}
          />
        )}
      </Loaded>
      {open?.kind === 'edit' && <EnvironmentDialog environment={open.environment} onClose={() => setOpen(null)} />}
      {open?.kind === 'remove' && <RemoveEnvironment environment={open.environment} onClose={() => setOpen(null)} />}
    </>
  );
}

function RemoveEnvironment({ environment, onClose }: { environment: EnvironmentView; onClose: () => void }) {
  const remove = useEnvironmentChange(() => call('DELETE', environmentPath(environment.name)));
  return (
    <ConfirmDialog title={`Remove ${environment.displayName}?`} verb="Remove" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <p>Nobody gets it from the next logon on. Sessions in progress keep it; what it would run at their log-off is not run.</p>
    </ConfirmDialog>
  );
}
