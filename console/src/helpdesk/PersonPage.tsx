import { Breadcrumb, BreadcrumbItem, Card, CardBody, CardTitle, Grid, GridItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { PersonView, SessionView } from '../api/types';
import { EventsTable } from '../events/EventsTable';
import { ListPage } from '../layout/ListPage';
import { MachineList } from '../machines/MachineList';
import { AttachedList } from '../sessions/AttachedList';
import { SessionsTable } from '../sessions/SessionsTable';
import { LogonCard } from './LogonCard';
import { PersonActions } from './PersonActions';
import { PersonFacts } from './PersonFacts';
import { usePerson } from './person';
import { PersonPersona } from './PersonPersona';
import { PersonVolumes } from './PersonVolumes';

export default function PersonPage() {
  const { user: name = '' } = useParams();
  const person = usePerson(name);
  const { data } = person;
  const banner = <Breadcrumb><BreadcrumbItem render={({ className }) => <Link className={className} to="/helpdesk">Help desk</Link>} /><BreadcrumbItem isActive>{name}</BreadcrumbItem></Breadcrumb>;
  return (
    <ListPage title={data?.user.displayName ?? name} lead={`Login name ${name}`} banner={banner} actions={data && <PersonActions user={data.user} />} loading={person.isPending} error={person.error}>
      {data && <Person person={data} />}
    </ListPage>
  );
}

function Person({ person }: { person: PersonView }) {
  const { sessions, machines, problems } = person;
  const open = sessions.filter(({ endedAt }) => endedAt === null);
  const ended = sessions.filter(({ endedAt }) => endedAt !== null);
  const last = sessions.find(({ timeline }) => timeline.length > 0);
  return (
    <div className="mayfly-stack">
      <Part title="Sessions now"><SessionsTable plain sessions={open} ended={false} drop={['user', 'attached']} prefix="o." /></Part>
      {open.some(hasAttached) && <Part title="Applications and volume now">{open.filter(hasAttached).map((session) => <OfSession key={session.id} session={session} alone={open.length === 1} />)}</Part>}
      <PersonVolumes user={person.user.name} />
      <PersonPersona user={person.user.name} />
      <Part title="Machines"><MachineList plain machines={machines} prefix="m." /></Part>
      <Grid hasGutter>
        <GridItem lg={6} className="mayfly-stack">
          <PersonFacts person={person} />
        </GridItem>
        <GridItem lg={6} className="mayfly-stack">
          {last && <LogonCard session={last} />}
          <Part title="Last failures">
            {problems.length === 0 ? <p className="mayfly-subtle">None that are known.</p> : <EventsTable events={problems} label="Last failures" />}
          </Part>
        </GridItem>
      </Grid>
      {ended.length > 0 && <Part title="Sessions before"><SessionsTable plain sessions={ended} ended drop={['user']} prefix="b." /></Part>}
    </div>
  );
}

const hasAttached = ({ apps, volume, volumeFault }: SessionView): boolean => apps.length > 0 || volume !== null || volumeFault !== null;

const OfSession = ({ session, alone }: { session: SessionView; alone: boolean }) => (
  <div data-testid={`person-attached-${session.machine}`}>
    {!alone && <p className="mayfly-subtle">On {session.machine} of {session.pool}</p>}
    <AttachedList session={session} />
  </div>
);

const Part = ({ title, children }: { title: string; children: ReactNode }) => <Card><CardTitle component="h2">{title}</CardTitle><CardBody>{children}</CardBody></Card>;
