import { Button, SearchInput, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { MachineView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { NoRows } from '../layout/NoRows';
import { useDeleteMachines } from './machines';
import { MachinesTable } from './MachinesTable';
import { chosenMachines, searchMachines } from './selection';

/** Machines with search, selection and deletion. What is not both shown and selected is never touched. */
export function MachineList({ machines, actions }: { machines: MachineView[]; actions?: ReactNode }) {
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [doomed, setDoomed] = useState<MachineView[]>([]);
  const remove = useDeleteMachines();
  const shown = searchMachines(machines, search);
  const chosen = chosenMachines(shown, selected);
  const close = () => { setDoomed([]); remove.reset(); };
  const confirm = () => remove.mutate(doomed.map((machine) => machine.name), { onSuccess: () => { setSelected(new Set()); close(); } });
  return (
    <>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem><SearchInput aria-label="Search machines" placeholder="Name, pool, user, state" value={search} onChange={(_, value) => setSearch(value)} onClear={() => setSearch('')} /></ToolbarItem>
          <ToolbarItem>
            <Button variant="secondary" isDanger isDisabled={chosen.length === 0} data-testid="machines-delete-selected" onClick={() => setDoomed(chosen)}>
              {chosen.length === 0 ? 'Delete selected' : `Delete ${chosen.length} selected`}
            </Button>
          </ToolbarItem>
          {actions}
        </ToolbarContent>
      </Toolbar>
      {shown.length === 0
        ? <NoRows title="No machines">{search === '' ? 'A pool makes its machines by itself.' : 'Nothing matches the search.'}</NoRows>
        : <MachinesTable machines={shown} selected={selected} onSelect={setSelected} onDelete={(machine) => setDoomed([machine])} />}
      {doomed.length > 0 && (
        <ConfirmDialog title={doomed.length === 1 ? `Delete ${doomed[0]?.name ?? ''}?` : `Delete ${doomed.length} machines?`} verb="Delete" busy={remove.isPending} error={remove.error} onConfirm={confirm} onCancel={close}>
          <Doomed machines={doomed} />
        </ConfirmDialog>
      )}
    </>
  );
}

function Doomed({ machines }: { machines: MachineView[] }) {
  const lent = machines.filter((machine) => machine.user !== null);
  return (
    <>
      <p>The pool replaces what is deleted with fresh forks.</p>
      {lent.map((machine) => <p key={machine.name}><strong>{machine.name}</strong> is in use by <strong>{machine.user}</strong>, who loses unsaved work.</p>)}
    </>
  );
}
