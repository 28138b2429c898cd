import { ListPage } from '../layout/ListPage';
import { MachineList } from './MachineList';
import { useMachines } from './machines';

export default function MachinesPage() {
  const machines = useMachines();
  return (
    <ListPage title="Machines" lead="Every desktop there is now, in all pools." loading={machines.isPending} error={machines.error}>
      <MachineList machines={machines.data ?? []} />
    </ListPage>
  );
}
