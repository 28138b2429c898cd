import type { DesktopCard, SessionView } from '../api/types';

export const aSession: SessionView = {
  id: 's1', pool: 'xfce', machine: 'xfce-1', user: 'demo', startedAt: '2026-01-01T00:00:00Z', connected: false, notice: null, connectedAt: null, disconnectedAt: null,
  lastInputAt: null, endedAt: null, endedBy: null, clientAddress: null, client: null, timeline: [], apps: [], volume: null, volumeFault: null, persona: null, environment: null,
};

export const aCard: DesktopCard = {
  pool: 'xfce', displayName: 'Debian', image: 'xfce', available: 2, session: null, assignment: 'Floating', closed: null, mayReset: false, clipboard: 'Both',
};
