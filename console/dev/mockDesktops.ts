import type { DesktopCard, SessionView } from '../src/api/types';
import { sessionApps } from './mockApps.ts';
import { ago, ahead } from './mockTime.ts';

export const session: SessionView = {
  id: 's1', pool: 'xfce', machine: 'xfce-1', user: 'admin', startedAt: ago(42), connected: false, connectedAt: ago(42), disconnectedAt: ago(3), lastInputAt: ago(4),
  endedAt: null, endedBy: null, clientAddress: '192.0.2.7', client: 'Browser', timeline: [{ name: 'entitlement', seconds: 0.002 }, { name: 'machine', seconds: 0.11 }, { name: 'first frame', seconds: 0.4 }],
  apps: sessionApps, volume: 'v2', volumeFault: null, persona: null, environment: null,
  notice: { message: 'This desktop gets a new version. Please save your work.', logOffAt: ahead(6), id: null, from: null },
};

const card: DesktopCard = {
  pool: 'xfce', displayName: 'Debian desktop', image: 'xfce', available: 2, session, assignment: 'Floating', closed: null, mayReset: true, clipboard: 'Both',
};

export const desktops: DesktopCard[] = [
  card,
  { ...card, pool: 'office', displayName: 'Office', available: 3, session: null, assignment: 'Dedicated', clipboard: 'FromGuest' },
  { ...card, pool: 'lab', displayName: '<b>Lab</b>', image: 'micro', available: 0, session: null, mayReset: false },
  {
    ...card, pool: 'night', displayName: 'Night shift', session: null, mayReset: false,
    closed: { code: 'OutsideHours', what: 'Night shift is closed now.', why: 'It can be opened from Monday 22:00 on.', remedy: 'Open it then.' },
  },
];
