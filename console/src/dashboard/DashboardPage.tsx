import { Alert, Gallery, Grid, GridItem } from '@patternfly/react-core';
import { ListPage } from '../layout/ListPage';
import { useMachines } from '../machines/machines';
import { usePools } from '../pools/pools';
import { useLastEvents } from '../events/events';
import { useRights } from '../login/useRights';
import { ChartsCard } from './ChartsCard';
import { Count } from './Count';
import { DoctorCard } from './DoctorCard';
import { MemoryCard } from './MemoryCard';
import { PoolsCard } from './PoolsCard';
import { ProblemsCard } from './ProblemsCard';
import { RecentEventsCard } from './RecentEventsCard';
import { useDoctor } from './doctor';
import { collectProblems } from './collectProblems';
import { medianReadyMs } from './medianReadyMs';
import { formatMilliseconds } from '../layout/format';
import './dashboard.css';

export default function DashboardPage() {
  const pools = usePools();
  const machines = useMachines();
  const doctor = useDoctor();
  const events = useLastEvents();
  const { mayAnywhere } = useRights();
  const report = doctor.data;
  const all = machines.data ?? [];
  const problems = collectProblems(pools.data ?? [], all);
  const ready = medianReadyMs(all);
  const lent = all.filter((machine) => machine.user !== null).length;
  return (
    <ListPage title="Dashboard" loading={pools.isPending || machines.isPending} error={pools.error ?? machines.error} banner={report && !report.isolated && <NoIsolation reason={report.acceleratorReason} />}>
      <div className="mayfly-stack">
        <Gallery hasGutter minWidths={{ default: '9rem' }}>
          <Count label="Pools" value={pools.data?.length ?? 0} to="/pools" testId="count-pools" />
          <Count label="Machines" value={all.length} to="/machines" testId="count-machines" />
          <Count label="Ready" value={all.filter((machine) => machine.state === 'Available').length} to="/machines?state=Available" testId="count-ready" />
          <Count label="In use" value={lent} to={mayAnywhere('ViewSessions') ? '/sessions' : '/machines?state=Connected'} testId="count-in-use" />
          <Count label="Median fork to ready" value={ready === null ? 'none yet' : formatMilliseconds(ready)} to="/machines" testId="count-fork" />
        </Gallery>
        {problems.length > 0 && <ProblemsCard problems={problems} />}
        <ChartsCard />
        <Grid hasGutter>
          <GridItem lg={7} className="mayfly-stack">
            {problems.length === 0 && <ProblemsCard problems={problems} />}
            <PoolsCard pools={pools.data ?? []} />
            <RecentEventsCard events={events.data ?? []} />
          </GridItem>
          <GridItem lg={5} className="mayfly-stack">
            <MemoryCard />
            <DoctorCard report={report} error={doctor.error} />
          </GridItem>
        </Grid>
      </div>
    </ListPage>
  );
}

function NoIsolation({ reason }: { reason: string }) {
  return (
    <Alert isInline component="p" variant="warning" title="This server emulates its machines: nothing isolates them from it" data-testid="no-isolation">
      <p>{reason}</p>
      <p>QEMU promises isolation only under KVM. Use it for trying out, not for people you do not trust.</p>
    </Alert>
  );
}
