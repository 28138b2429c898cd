import { Button, ToolbarItem } from '@patternfly/react-core';
import type { PoolView } from '../api/types';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';
import { MachineList } from '../machines/MachineList';
import { useForkMachine, useMachines } from '../machines/machines';

export function PoolMachines({ pool }: { pool: PoolView }) {
  const machines = useMachines();
  const fork = useForkMachine();
  const { may } = useRights();
  const button = <Button variant="secondary" data-testid="pool-fork" isLoading={fork.isPending} isDisabled={fork.isPending} onClick={() => fork.mutate(pool.name)}>{pool.provisioning === 'Instant' ? 'Fork one more' : 'Make one more'}</Button>;
  return (
    <>
      {fork.error && <ProblemAlert error={fork.error} />}
      {machines.error && <ProblemAlert error={machines.error} />}
      <MachineList ofPool prefix="m." machines={(machines.data ?? []).filter((machine) => machine.pool === pool.name)} actions={may('ManagePools', pool.name) && <ToolbarItem>{button}</ToolbarItem>} />
    </>
  );
}
