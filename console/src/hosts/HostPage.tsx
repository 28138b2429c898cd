import { Breadcrumb, BreadcrumbItem, Button, Card, CardBody, CardTitle, Grid, GridItem, Tooltip } from '@patternfly/react-core';
import { Link, useNavigate, useParams } from 'react-router';
import { problemFromFault } from '../api/problem';
import type { HostView, MachineView } from '../api/types';
import { DoctorCard } from '../dashboard/DoctorCard';
import { useDoctor } from '../dashboard/doctor';
import '../dashboard/dashboard.css';
import { Facts } from '../layout/Facts';
import { ListPage } from '../layout/ListPage';
import { Loaded } from '../layout/Loaded';
import { NoRows } from '../layout/NoRows';
import { ProblemAlert } from '../layout/ProblemAlert';
import { StateLabel } from '../layout/StateLabel';
import { MachineList } from '../machines/MachineList';
import { useMachines } from '../machines/machines';
import { useRights } from '../login/useRights';
import { useHosts } from './hosts';
import { useHostActions, type HostAction } from './useHostActions';
import { describeAddress, describeMaintenance, describeMemory } from './words';

/** One host: how it is, what it can do, and its machines. */
export default function HostPage() {
  const { host: name = '' } = useParams();
  const hosts = useHosts();
  const navigate = useNavigate();
  const host = hosts.data?.find((each) => each.name === name);
  const { actionsOf, dialog } = useHostActions(hosts.data ?? [], () => void navigate('/hosts'));
  return (
    <ListPage
      title={name} lead={host && (host.own ? 'The host of this server' : `Host at ${describeAddress(host)}`)} loading={hosts.isPending} error={hosts.error}
      actions={host && <Actions actions={actionsOf(host)} />} banner={<Banner name={name} host={host} />}
    >
      {host ? <Host host={host} /> : <NoRows title={`There is no host ${name}`}>It may have been removed.</NoRows>}
      {dialog}
    </ListPage>
  );
}

const Actions = ({ actions }: { actions: readonly HostAction[] }) => actions.map(({ title, danger, hindrance, onClick }) => {
  const button = <Button key={title} variant={danger ? 'danger' : 'secondary'} isAriaDisabled={hindrance !== null} onClick={onClick}>{title}</Button>;
  return hindrance === null ? button : <Tooltip key={title} content={hindrance}>{button}</Tooltip>;
});

const Banner = ({ name, host }: { name: string; host: HostView | undefined }) => (
  <>
    <Breadcrumb><BreadcrumbItem render={({ className }) => <Link className={className} to="/hosts">Hosts</Link>} /><BreadcrumbItem isActive>{name}</BreadcrumbItem></Breadcrumb>
    {host?.fault && <ProblemAlert error={problemFromFault(host.fault)} testId="host-problem" />}
  </>
);

function Host({ host }: { host: HostView }) {
  const { mayAnywhere } = useRights();
  const heard = host.state === 'Online' || host.state === 'Maintenance';
  const maintenance = describeMaintenance(host);
  return (
    <div className="mayfly-stack">
      <Grid hasGutter>
        <GridItem lg={heard ? 5 : 12}>
          <Card isFullHeight>
            <CardTitle component="h2">Now</CardTitle>
            <CardBody>
              <Facts
                testId="host-facts"
                facts={[
                  ['State', <><StateLabel state={host.state} />{maintenance !== null && <p className="mayfly-subtle">{maintenance}</p>}</>],
                  ['Machines', host.machines === 0 ? 'none' : `${host.machines}, ${host.inUse} in use`], ['Memory', describeMemory(host) ?? 'not heard'],
                ]}
              />
            </CardBody>
          </Card>
        </GridItem>
        {heard && <GridItem lg={7}><Doctor name={host.name} /></GridItem>}
      </Grid>
      {mayAnywhere('ViewMachines') && <Card><CardTitle component="h2">Machines</CardTitle><CardBody><Machines host={host} /></CardBody></Card>}
    </div>
  );
}

function Doctor({ name }: { name: string }) {
  const doctor = useDoctor(name);
  return <DoctorCard title="What it can do" report={doctor.data} error={doctor.error} />;
}

function Machines({ host }: { host: HostView }) {
  const machines = useMachines();
  const isThere = (machine: MachineView) => host.own ? machine.host === null : machine.host === host.name;
  return <Loaded query={machines} label="machines">{(all) => <MachineList machines={all.filter(isThere)} />}</Loaded>;
}
