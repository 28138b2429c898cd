import { Button, Tab, Tabs, TabTitleText, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { problemFromFault } from '../api/problem';
import type { PoolView } from '../api/types';
import { ConfirmDialog } from '../layout/ConfirmDialog';
import { ListPage } from '../layout/ListPage';
import { ProblemAlert } from '../layout/ProblemAlert';
import { MachineList } from '../machines/MachineList';
import { useForkMachine, useMachines } from '../machines/machines';
import { Entitlements } from './Entitlements';
import { PoolSummary } from './PoolSummary';
import { useDeletePool, usePool } from './pools';

export default function PoolPage() {
  const { pool: name = '' } = useParams();
  const pool = usePool(name);
  const [deleting, setDeleting] = useState(false);
  const actions = <Button variant="secondary" isDanger data-testid="pool-delete" onClick={() => setDeleting(true)}>Delete pool</Button>;
  const banner = pool.data?.problem && <ProblemAlert variant="warning" error={problemFromFault(pool.data.problem)} testId="pool-problem" />;
  return (
    <ListPage title={pool.data?.displayName ?? name} lead={`Pool ${name}`} actions={actions} banner={banner} loading={pool.isPending} error={pool.error}>
      {pool.data && <PoolTabs pool={pool.data} />}
      {deleting && pool.data && <DeletePool pool={pool.data} onClose={() => setDeleting(false)} />}
    </ListPage>
  );
}

function PoolTabs({ pool }: { pool: PoolView }) {
  const [tab, setTab] = useState<number | string>('machines');
  return (
    <Tabs activeKey={tab} onSelect={(_, key) => setTab(key)} mountOnEnter unmountOnExit aria-label="Parts of the pool">
      <Tab eventKey="machines" title={<TabTitleText>Machines</TabTitleText>} data-testid="pool-tab-machines"><div className="mayfly-padded"><PoolMachines pool={pool.name} /></div></Tab>
      <Tab eventKey="entitlements" title={<TabTitleText>Entitlements</TabTitleText>} data-testid="pool-tab-entitlements"><div className="mayfly-padded"><Entitlements pool={pool.name} /></div></Tab>
      <Tab eventKey="summary" title={<TabTitleText>Summary</TabTitleText>} data-testid="pool-tab-summary"><PoolSummary pool={pool} /></Tab>
    </Tabs>
  );
}

function PoolMachines({ pool }: { pool: string }) {
  const machines = useMachines();
  const fork = useForkMachine();
  const button = <Button variant="secondary" data-testid="pool-fork" isLoading={fork.isPending} isDisabled={fork.isPending} onClick={() => fork.mutate(pool)}>Fork one more</Button>;
  return (
    <>
      {fork.error && <ProblemAlert error={fork.error} />}
      {machines.error && <ProblemAlert error={machines.error} />}
      <MachineList machines={(machines.data ?? []).filter((machine) => machine.pool === pool)} actions={<ToolbarItem>{button}</ToolbarItem>} />
    </>
  );
}

function DeletePool({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useDeletePool();
  const inUse = pool.inUse > 0;
  return (
    <ConfirmDialog
      title={`Delete the pool ${pool.name}?`} verb="Delete" busy={remove.isPending} error={remove.error} onCancel={onClose}
      onConfirm={() => remove.mutate({ name: pool.name, endSessions: inUse }, { onSuccess: () => void navigate('/pools') })}
    >
      <p>Its {pool.total} machines are destroyed and its entitlements go with it. The image stays.</p>
      {inUse && <p><strong>{pool.inUse} of them are in use</strong>: those sessions end, and unsaved work in them is lost.</p>}
    </ConfirmDialog>
  );
}
