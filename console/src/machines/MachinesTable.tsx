import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link, useNavigate } from 'react-router';
import type { MachineView } from '../api/types';
import { formatMilliseconds, formatSince } from '../layout/format';
import { StateLabel } from '../layout/StateLabel';

interface Props {
  machines: MachineView[];
  selected: ReadonlySet<string>;
  onSelect: (names: ReadonlySet<string>) => void;
  onDelete: (machine: MachineView) => void;
}

export function MachinesTable({ machines, selected, onSelect, onDelete }: Props) {
  const all = machines.length > 0 && machines.every((machine) => selected.has(machine.name));
  const selectAll = (on: boolean) => onSelect(new Set(on ? machines.map((machine) => machine.name) : []));
  const selectOne = (name: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(name);
    else next.delete(name);
    onSelect(next);
  };
  return (
    <Table variant="compact" aria-label="Machines" data-testid="machines-table">
      <Thead>
        <Tr>
          <Th aria-label="Select all machines" select={{ isSelected: all, onSelect: (_, on) => selectAll(on) }} />
          <Th modifier="nowrap">Name</Th><Th modifier="nowrap">State</Th><Th modifier="nowrap">Pool</Th><Th modifier="nowrap">User</Th><Th modifier="nowrap">Image</Th><Th modifier="nowrap">Address</Th>
          <Th modifier="nowrap" className="mayfly-number">Running</Th><Th modifier="nowrap" className="mayfly-number">Ready</Th><Th modifier="nowrap">Since</Th><Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {machines.map((machine, index) => (
          <MachineRow key={machine.id} machine={machine} index={index} selected={selected.has(machine.name)} onSelect={(on) => selectOne(machine.name, on)} onDelete={() => onDelete(machine)} />
        ))}
      </Tbody>
    </Table>
  );
}

interface RowProps { machine: MachineView; index: number; selected: boolean; onSelect: (on: boolean) => void; onDelete: () => void }

function MachineRow({ machine, index, selected, onSelect, onDelete }: RowProps) {
  const navigate = useNavigate();
  const { name, timeline, fault } = machine;
  const console = `/machines/${encodeURIComponent(name)}/console`;
  const watchable = machine.state === 'Available' || machine.state === 'Connected' || machine.state === 'Disconnected';
  return (
    <Tr data-testid={`machine-${name}`}>
      <Td select={{ rowIndex: index, isSelected: selected, onSelect: (_, on) => onSelect(on) }} />
      <Td dataLabel="Name" modifier="nowrap">{watchable ? <Link to={console} data-testid={`machine-console-${name}`}>{name}</Link> : name}</Td>
      <Td dataLabel="State">
        <StateLabel state={machine.state} testId={`machine-state-${name}`} />
        {fault && <p className="mayfly-subtle">{[fault.what, fault.why, fault.remedy].filter(Boolean).join(' ')} <span className="mayfly-code">{fault.code}</span></p>}
      </Td>
      <Td dataLabel="Pool" modifier="nowrap">{machine.pool}</Td>
      <Td dataLabel="User">{machine.user ?? <span className="mayfly-subtle">nobody</span>}</Td>
      <Td dataLabel="Image">{machine.image} <code>{machine.version}</code></Td>
      <Td dataLabel="Address">{machine.address}</Td>
      <Td dataLabel="Running" className="mayfly-number" modifier="nowrap">{timeline && formatMilliseconds(timeline.runningMs)}</Td>
      <Td dataLabel="Ready" className="mayfly-number" modifier="nowrap">{timeline && formatMilliseconds(timeline.readyMs)}</Td>
      <Td dataLabel="Since" modifier="nowrap">{formatSince(machine.createdAt, new Date())}</Td>
      <Td isActionCell>
        <ActionsColumn
          items={[
            { title: 'Open console', isDisabled: !watchable, onClick: () => void navigate(console) },
            { isSeparator: true },
            { title: 'Delete', isDanger: true, isDisabled: machine.state === 'Deleting', onClick: onDelete },
          ]}
        />
      </Td>
    </Tr>
  );
}
