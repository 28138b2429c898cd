import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { SessionView } from '../api/types';
import { formatDateTime } from '../layout/format';
import { LogonTimeline } from '../sessions/LogonTimeline';

/** The seconds of each step of the last logon. */
export function LogonCard({ session }: { session: SessionView }) {
  return (
    <Card data-testid="person-logon">
      <CardTitle component="h2">Last logon</CardTitle>
      <CardBody>
        <p className="mayfly-subtle">{formatDateTime(session.startedAt)}, {session.machine} of {session.pool}</p>
        <LogonTimeline steps={session.timeline} />
      </CardBody>
    </Card>
  );
}
