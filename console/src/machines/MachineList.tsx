import type { IAction } from '@patternfly/react-table';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { MachineView } from '../api/types';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { usePools } from '../pools/pools';
import { AssignDialog } from './AssignDialog';
import { isPossible, isWatchable, machineActions } from './machineActions';
import { MachineActionDialog, type Intent } from './MachineActionDialog';
import { MachineCard } from './MachineCard';
import { PublishMachineDialog } from './PublishMachineDialog';
import { consoleOf, machineColumns, machineFilters, machineTexts } from './machineColumns';

interface Props { machines: readonly MachineView[]; actions?: ReactNode; prefix?: string; ofPool?: boolean; plain?: boolean }

/** Machines with all that the reader may do to them. */
export function MachineList({ machines, actions, prefix = '', ofPool = false, plain = false }: Props) {
  const { may } = useRights();
  const [intent, setIntent] = useState<(Intent & { clear: () => void }) | null>(null);
  const [assigning, setAssigning] = useState<string | null>(null);
  const mayWatch = (pool: string) => may('WatchMachines', pool);
  const [publishing, setPublishing] = useState<MachineView | null>(null);
  const rowActions = useRowActions(setIntent, setAssigning, setPublishing);
  const allowed = machineActions.filter((action) => machines.some((machine) => may(action.permission, machine.pool)));
  const bulk = (chosen: readonly MachineView[], clear: () => void) => allowed.map((action) => {
    const able = chosen.filter((machine) => may(action.permission, machine.pool) && isPossible(action, machine));
    const title = able.length === chosen.length ? action.title : `${action.title} (${able.length} of ${chosen.length})`;
    return { title, testId: `bulk-${action.id}`, danger: action.id === 'delete', disabled: able.length === 0, onClick: () => setIntent({ action, machines: able, clear }) };
  });
  const drop = ofPool ? ['pool'] : [];
  return (
    <>
      <DataTable
        id="machines" label="Machines" rows={machines} plain={plain} prefix={prefix} rowKey={({ name }) => name} rowTestId={({ name }) => `machine-${name}`}
        columns={machineColumns(mayWatch).filter(({ key }) => !drop.includes(key))} filters={machineFilters(machines).filter(({ key }) => !drop.includes(key))}
        search={{ hint: 'Name, user, state, address', texts: machineTexts }} actions={actions}
        bulk={allowed.length > 0 ? bulk : undefined} rowActions={allowed.length > 0 || may('ManageImages') || machines.some(({ pool }) => mayWatch(pool)) ? rowActions : undefined}
        empty={{ title: 'No machines', text: 'A pool makes its machines by itself.' }}
        card={(machine, selection) => <MachineCard machine={machine} selection={selection} watched={mayWatch(machine.pool)} actions={rowActions(machine)} />}
      />
      {intent && <MachineActionDialog intent={intent} onClose={(done) => { if (done) intent.clear(); setIntent(null); }} />}
      {publishing && <PublishMachineDialog machine={publishing} onClose={() => setPublishing(null)} />}
      {assigning !== null && <AssignDialog machine={assigning} onClose={() => setAssigning(null)} />}
    </>
  );
}

/** What the menu of one machine holds. */
function useRowActions(onAct: (intent: Intent & { clear: () => void }) => void, onAssign: (machine: string) => void, onPublish: (machine: MachineView) => void) {
  const { may } = useRights();
  const navigate = useNavigate();
  const pools = usePools();
  const dedicated = new Set(pools.data?.filter((pool) => pool.assignment === 'Dedicated').map((pool) => pool.name));
  return (machine: MachineView): IAction[] => {
    const items = machineActions
      // Only a machine that has an owner, or is held back, can be freed of it.
      .filter((action) => may(action.permission, machine.pool) && ((action.id !== 'unassign' && action.id !== 'release') || action.isAllowed(machine)))
      .map((action): IAction => ({
        title: action.title, isDanger: action.id === 'delete', isDisabled: !isPossible(action, machine),
        onClick: () => onAct({ action, machines: [machine], clear: () => undefined }),
      }));
    const assign: IAction[] = dedicated.has(machine.pool) && may('ManageMachines', machine.pool)
      ? [{ title: 'Assign', isDisabled: machine.operation !== null || machine.owner !== null || machine.state === 'Deleting', onClick: () => onAssign(machine.name) }]
      : [];
    const publish: IAction[] = may('ManageImages')
      ? [{ title: 'Publish as an image', isDisabled: machine.operation !== null || !isWatchable(machine), onClick: () => onPublish(machine) }]
      : [];
    const watch: IAction[] = may('WatchMachines', machine.pool)
      ? [{ title: 'Open console', isDisabled: !isWatchable(machine), onClick: () => void navigate(consoleOf(machine.name)) }, { isSeparator: true }]
      : [];
    return [...watch, ...assign, ...publish, ...items];
  };
}
