import { Button, Label, ToolbarItem } from '@patternfly/react-core';
import type { IAction } from '@patternfly/react-table';
import { useState } from 'react';
import type { PredefinedView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { formatBytes, formatDateTime } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { PredefineDialog } from './PredefineDialog';
import { predefinedCalls, usePredefined, usePredefinedChange } from './predefined';

const anybody = <span className="mayfly-subtle">any</span>;

const columns: Column<PredefinedView>[] = [
  { key: 'config', title: 'Flex config', sort: ({ config }) => config, cell: ({ config }) => config },
  { key: 'group', title: 'For users of', sort: ({ group }) => group, cell: ({ group }) => group ?? anybody },
  { key: 'pool', title: 'On desktops of', sort: ({ pool }) => pool, cell: ({ pool }) => pool ?? anybody },
  { key: 'environment', title: 'Where this is met', sort: ({ environment }) => environment, cell: ({ environment }) => environment ?? anybody },
  { key: 'enforced', title: 'When', sort: ({ enforced }) => enforced ? 0 : 1, cell: ({ enforced }) => enforced ? <Label isCompact status="warning">at each logon</Label> : 'to begin with' },
  { key: 'from', title: 'Made of', sort: ({ from }) => from, cell: ({ from, savedAt }) => <span title={`Saved at ${formatDateTime(savedAt)}`}>{from}</span> },
  { key: 'size', title: 'Size', number: true, sort: ({ bytes }) => bytes, cell: ({ bytes }) => formatBytes(bytes) },
];

/** What users begin with, and what they get in any case. */
export function PredefinedTab() {
  const predefined = usePredefined();
  const { may } = useRights();
  const [open, setOpen] = useState<'add' | PredefinedView | null>(null);
  const manages = may('ManageHouse');
  const rowActions = (view: PredefinedView): IAction[] => manages ? [{ title: 'Remove', isDanger: true, onClick: () => setOpen(view) }] : [];
  return (
    <>
      <Loaded query={predefined} label="predefined settings">
        {(rows) => (
          <DataTable
            id="predefined" label="Predefined settings" rows={rows} prefix="d." columns={columns} rowKey={({ id }) => id} rowTestId={({ config }) => `predefined-${config}`}
            search={{ hint: 'Flex config, group, pool', texts: ({ config, group, pool, from }) => [config, group, pool, from] }}
            actions={manages && <ToolbarItem><Button data-testid="predefined-add" onClick={() => setOpen('add')}>Predefine settings</Button></ToolbarItem>} rowActions={rowActions}
            empty={{ title: 'Nothing is predefined', text: 'Set a desktop up as others shall find it, log off, and make what was kept of it what they begin with.' }}
          />
        )}
      </Loaded>
      {open === 'add' && <PredefineDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'add' && <RemovePredefined view={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function RemovePredefined({ view, onClose }: { view: PredefinedView; onClose: () => void }) {
  const remove = usePredefinedChange(() => predefinedCalls.remove(view.id));
  return (
    <ConfirmDialog title={`Remove what is predefined of ${view.config}?`} verb="Remove" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })} onCancel={onClose}>
      <p>Who has begun with it keeps theirs. Others begin with what the image has.</p>
    </ConfirmDialog>
  );
}
