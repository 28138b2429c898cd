import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { SessionView } from '../api/types';
import { formatDateTime } from '../layout/format';
import { ProblemAlert } from '../layout/ProblemAlert';
import { endedText } from './endedText';
import { useHistory } from './profile';
import { Section } from './Section';

/** The person's sessions, those that ended too. */
export function HistorySection() {
  const history = useHistory();
  if (history.data === null) return null;
  return (
    <Section title="Your sessions" testId="profile-history">
      {history.error && <ProblemAlert error={history.error} />}
      {history.data?.length === 0 && <p>You have opened no desktop yet.</p>}
      {history.data !== undefined && history.data.length > 0 && <HistoryTable sessions={history.data} />}
    </Section>
  );
}

function HistoryTable({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <Table variant="compact" aria-label="Your sessions">
      <Thead><Tr><Th>Pool</Th><Th>Machine</Th><Th>Began</Th><Th>Ended</Th><Th>How</Th></Tr></Thead>
      <Tbody>
        {sessions.map((session) => (
          <Tr key={session.id}>
            <Td dataLabel="Pool">{session.pool}</Td>
            <Td dataLabel="Machine">{session.machine}</Td>
            <Td dataLabel="Began">{formatDateTime(session.startedAt)}</Td>
            <Td dataLabel="Ended">{session.endedAt === null ? 'Open' : formatDateTime(session.endedAt)}</Td>
            <Td dataLabel="How">{endedText(session.endedBy)}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
