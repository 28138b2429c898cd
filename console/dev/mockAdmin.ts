import type { ApiTokenView, GroupView, HouseSettings, PersonView, RoleGrantView, SessionView } from '../src/api/types';
import type { DirectoryView } from '../src/settings/directoryTypes';
import { sessionApps } from './mockApps.ts';
import { users } from './mockPeople.ts';
import { ago } from './mockTime.ts';

const session = (id: string, part: Partial<SessionView>): SessionView => ({
  id, pool: 'xfce', machine: 'xfce-1', user: 'demo', startedAt: ago(42), connected: true, notice: null, connectedAt: ago(41), disconnectedAt: null, lastInputAt: ago(1), endedAt: null, endedBy: null,
  clientAddress: '192.0.2.7', client: 'Browser', timeline: [['entitlement', 0.01], ['machine', 0.42], ['display', 0.2], ['first frame', 0.35]].map(([name, seconds]) => ({ name: `${name ?? ''}`, seconds: Number(seconds) })), apps: [], volume: null, volumeFault: null, persona: null, environment: null, ...part,
});

const sessions = [session('s1', { apps: sessionApps, volume: 'v1' }), session('s2', { user: 'admin', machine: 'xfce-4', connected: false, disconnectedAt: ago(9), volumeFault: { code: 'VolumeDisabled', what: 'The volume of \'admin\' is disabled.', why: null, remedy: null } })];
const groups: GroupView[] = [{ name: 'staff', displayName: 'All staff', members: 1, directory: null, externalName: null }, { name: 'corp', displayName: 'Corp', members: 0, directory: 'corp', externalName: 'cn=corp,dc=example' }];
const roles: RoleGrantView[] = [{ id: 'r1', role: 'Administrator', user: 'admin', group: null, pool: null }, { id: 'r2', role: 'HelpDesk', user: null, group: 'staff', pool: 'xfce' }];
const tokens: ApiTokenView[] = [{ id: 't1', user: 'admin', label: 'backup', createdAt: ago(900), expiresAt: null, lastUsedAt: ago(3) }];
const settings: HouseSettings = { signInIdleMinutes: 480, signInLongestMinutes: 1440, wrongPasswords: 5, secondFactorForRoles: false, eventDays: 90, sessionDays: 90, personaVersions: 7, personaMinutes: 15, personaQuotaMib: 1024, placement: 'Spread', syslog: null, signInText: null };

const directories: DirectoryView[] = [{
  name: 'work', ldap: null, users: 4,
  openId: { name: 'work', displayName: 'Work account', authority: 'https://login.example.org', caCertificate: null, clientId: 'mayfly', clientSecret: null, scopes: ['openid'], userClaim: 'preferred_username', displayNameClaim: 'name', groupsClaim: 'groups', requireHttps: true, timeoutSeconds: 10 },
}];

const [admin, demo = admin] = users;
const person = demo && {
  user: demo, desktops: [{ pool: 'xfce', displayName: 'Debian desktop', group: 'staff' }], sessions, machines: [], signIns: [],
  problems: [{ id: 3, at: ago(3), level: 'error', kind: 'machine.failed', message: 'The agent of xfce-6 did not answer.', actor: null, pool: 'xfce', machine: 'xfce-6', user: null, before: null, after: null }],
} satisfies PersonView;

const points = (of: (minute: number) => number) => Array.from({ length: 60 }, (_, minute) => ({ at: ago(60 - minute), value: of(minute) }));

/** Answers of the administrators' pages that need no other mock data. */
export const adminAnswers = {
  'GET /sessions': { body: { items: sessions, next: null, total: sessions.length } }, 'GET /groups': { body: groups }, 'GET /groups/staff/members': { body: ['demo'] }, 'GET /roles': { body: roles },
  'GET /tokens': { body: tokens }, 'GET /settings': { body: settings }, 'GET /directories': { body: directories }, 'GET /users/demo/person': { body: person },
  'GET /metrics/history': { body: { name: 'SessionsOpen', unit: 'sessions', points: points((minute) => 8 + Math.round(4 * Math.sin(minute / 6))) } },
};
