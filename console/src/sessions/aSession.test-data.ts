import type { SessionView } from '../api/types';

/** A session for tests, open and with no display. */
export const aSession = (id: string, part: Partial<SessionView> = {}): SessionView => ({
  id, pool: 'xfce', machine: 'xfce-1', user: 'ada', startedAt: '2026-01-01T00:00:00Z', connected: false, notice: null, connectedAt: null, disconnectedAt: null,
  lastInputAt: null, endedAt: null, endedBy: null, clientAddress: null, client: null, timeline: [], apps: [], volume: null, volumeFault: null, persona: null, environment: null, ...part,
});
