import { ProblemAlert } from '../layout/ProblemAlert';
import { useSessions } from '../sessions/sessions';
import { SessionsTable } from '../sessions/SessionsTable';

export function PoolSessions({ pool }: { pool: string }) {
  const sessions = useSessions(false, pool);
  if (sessions.error) return <ProblemAlert error={sessions.error} />;
  return <SessionsTable sessions={(sessions.data ?? []).filter((session) => session.pool === pool)} ended={false} prefix="n." drop={['pool']} />;
}
