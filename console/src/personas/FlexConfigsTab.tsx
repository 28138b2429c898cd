import { Button, ToolbarItem } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import { call } from '../api/http';
import type { FlexConfigOrigin, FlexConfigView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { Loaded } from '../layout/Loaded';
import { choicesOf, type Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { FlexConfigDialog } from './FlexConfigDialog';
import { configPath, useFlexConfigChange, useFlexConfigs } from './personas';
import { RecordDialog } from './RecordDialog';

const origins: Record<FlexConfigOrigin, string> = { Ready: 'Mayfly', Own: 'this house', Changed: 'Mayfly, changed here' };

const columns: Column<FlexConfigView>[] = [
  { key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => name },
  { key: 'shown', title: 'Shown as', sort: ({ displayName }) => displayName, cell: ({ displayName }) => displayName },
  { key: 'origin', title: 'From', sort: ({ origin }) => origin, cell: ({ origin }) => origins[origin] },
  { key: 'brought', title: 'Brought', sort: ({ programs }) => programs.length === 0 ? 0 : 1, cell: ({ programs }) => programs.length === 0 ? 'at logon' : 'when it starts' },
  { key: 'enabled', title: 'Kept', sort: ({ enabled }) => enabled ? 0 : 1, cell: ({ enabled }) => enabled ? 'yes' : <span className="mayfly-subtle">no</span> },
];

type Dialog = { kind: 'edit'; config: FlexConfigView | null; first?: string } | { kind: 'record' } | { kind: 'remove'; config: FlexConfigView };

/** What belongs to which application. */
export function FlexConfigsTab() {
  const configs = useFlexConfigs();
  const { may } = useRights();
  const [open, setOpen] = useState<Dialog | null>(null);
  const manages = may('ManageFlexConfigs');
  const rowActions = (config: FlexConfigView): IAction[] => [
    { title: manages ? 'Change' : 'Show', onClick: () => setOpen({ kind: 'edit', config }) },
    ...(manages && config.origin !== 'Ready' ? [{ title: config.origin === 'Own' ? 'Remove' : 'As Mayfly has it', isDanger: true, onClick: () => setOpen({ kind: 'remove', config }) }] : []),
  ];
  return (
    <>
      <Loaded query={configs} label="Flex configs">
        {(rows) => (
          <DataTable
            id="flex-configs" label="Flex configs" rows={rows} prefix="f." columns={columns} rowKey={({ name }) => name} rowTestId={({ name }) => `flex-config-${name}`}
            search={{ hint: 'Name', texts: ({ name, displayName }) => [name, displayName] }}
            filters={[{ key: 'origin', label: 'From', choices: choicesOf(rows, ({ origin }) => origins[origin]), matches: ({ origin }, value) => origins[origin] === value }]}
            actions={manages && (
              <>
                <ToolbarItem><Button data-testid="flex-config-add" onClick={() => setOpen({ kind: 'edit', config: null })}>Make a Flex config</Button></ToolbarItem>
                {may('ManageMachines') && <ToolbarItem><Button variant="secondary" data-testid="flex-config-record" onClick={() => setOpen({ kind: 'record' })}>Record a program</Button></ToolbarItem>}
              </>
            )}
            rowActions={rowActions} empty={{ title: 'No Flex configs' }}
          />
        )}
      </Loaded>
      {open?.kind === 'edit' && <FlexConfigDialog config={open.config} readOnly={!manages} {...(open.first === undefined ? {} : { first: open.first })} onClose={() => setOpen(null)} />}
      {open?.kind === 'record' && <RecordDialog onProposed={(first) => setOpen({ kind: 'edit', config: null, first })} onClose={() => setOpen(null)} />}
      {open?.kind === 'remove' && <RemoveConfig config={open.config} onClose={() => setOpen(null)} />}
    </>
  );
}

function RemoveConfig({ config, onClose }: { config: FlexConfigView; onClose: () => void }) {
  const remove = useFlexConfigChange(() => call('DELETE', configPath(config.name)));
  return (
    <ConfirmDialog title={`Remove what this house has set of ${config.displayName}?`} verb="Remove" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <p>{config.origin === 'Own' ? 'Nothing of it is saved or brought from the next logon on.' : 'It is as it came with Mayfly from the next logon on.'} What was saved of it stays with its users.</p>
    </ConfirmDialog>
  );
}
