import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { EventView } from '../api/types';
import { EventsTable } from '../events/EventsTable';

const shown = 8;

export function RecentEventsCard({ events }: { events: EventView[] }) {
  return (
    <Card data-testid="dashboard-events">
      <CardTitle component="h2">Recent events</CardTitle>
      <CardBody>
        <EventsTable events={events.slice(0, shown)} label="Recent events" />
        <Link to="/events">All events</Link>
      </CardBody>
    </Card>
  );
}
