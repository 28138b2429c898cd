import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { ListPage } from '../layout/ListPage';
import { SessionsTable } from './SessionsTable';
import { useSessions } from './sessions';

export default function SessionsPage() {
  const [params, setParams] = useSearchParams();
  const ended = params.get('show') === 'ended';
  const sessions = useSessions(ended);
  const toggle = (
    <ToggleGroup aria-label="Which sessions">
      <ToggleGroupItem text="Open" isSelected={!ended} onChange={() => setParams({}, { replace: true })} data-testid="sessions-open" />
      <ToggleGroupItem text="Ended" isSelected={ended} onChange={() => setParams({ show: 'ended' }, { replace: true })} data-testid="sessions-ended" />
    </ToggleGroup>
  );
  return (
    <ListPage title="Sessions" lead="Who uses which machine." actions={toggle} loading={sessions.isPending} error={sessions.error}>
      {sessions.data && <SessionsTable key={`${ended}`} sessions={sessions.data} ended={ended} />}
    </ListPage>
  );
}
