import type { EventView, HostUsageView, ImageView, MachineView, OperationView } from '../src/api/types';
import { desktops } from './mockDesktops.ts';
import { me, users } from './mockPeople.ts';
import { adminAnswers } from './mockAdmin.ts';
import { appAnswers, diskInUse, importing } from './mockApps.ts';
import { hostAnswers } from './mockHosts.ts';
import { personaAnswers } from './mockPersonas.ts';
import { office, pool, pools, pushes } from './mockPools.ts';
import { ago as at } from './mockTime.ts';

interface Answer { body: unknown; status?: number; stream?: boolean }

const machine = (n: number, part: Partial<MachineView>): MachineView => ({
  name: `xfce-${n}`, id: `m${n}`, pool: 'xfce', state: 'Available', operation: null, image: 'xfce', version: '1a2b3c4d', user: null, owner: null, address: `10.64.0.${n * 8 + 2}`,
  mac: null, host: null, processId: 4000 + n, createdAt: at(n * 7), refreshedAt: at(n * 7), timeline: { shellReady: true, runningMs: 5.2 + n / 3, readyMs: 380 + n * 13 }, trace: [], fault: null, ...part,
});

const office1 = (name: string, part: Partial<MachineView>): MachineView => machine(Number(name.at(-1)) + 20, { name, pool: 'office', timeline: null, ...part });

const machines: MachineView[] = [
  machine(1, { state: 'Connected', user: 'admin' }), machine(2, {}), machine(3, { host: 'h2' }), machine(4, { state: 'Disconnected', user: 'demo', host: 'h2' }),
  machine(5, { state: 'Customizing', timeline: null, address: null }),
  machine(6, { state: 'ProvisioningError', timeline: null, address: null, fault: { code: 'AgentSilent', what: 'The agent of xfce-6 did not answer.', why: 'Its deadline of 30 s passed.', remedy: null } }),
  machine(7, { state: 'Available', operation: 'rebuild', host: 'h2' }),
  office1('office-1', { state: 'Connected', user: 'demo', owner: 'demo', version: '9f8e7d6c', host: 'h3' }), office1('office-2', { state: 'Maintenance', owner: 'admin' }),
  office1('office-3', { state: 'Provisioned', processId: null, owner: 'demo' }), office1('office-4', { state: 'Startup' }),
  office1('office-5', { state: 'AgentUnreachable', owner: 'admin', host: 'h4' }), office1('office-6', { state: 'Error', fault: { code: 'MachineStartFailed', what: 'office-6 could not be restarted.', why: 'QEMU ended at once.', remedy: 'Recover it.' } }),
  office1('office-7', { state: 'AlreadyUsed' }),
];

const mib = 1 << 20;
const usage: HostUsageView = {
  memoryBytes: 16_000 * mib, availableBytes: 9_100 * mib, sharedBytes: 1_400 * mib, privateBytes: 690 * mib, freeDiskBytes: 81_000 * mib,
  machines: machines.map(({ name, pool: of }) => ({ machine: name, pool: of, privateBytes: 60 * mib, diskBytes: 12 * mib })),
};

const warm = { publishedAt: at(60), memoryBytes: 1 << 30, cpus: 1, stateBytes: 1_782_579, ramBytesStored: 412_000_000, accelerator: 'tcg', bootSeconds: 146.2, freezeSeconds: 0.9, pauseSeconds: null };
const images: ImageView[] = [
  { name: 'xfce', versions: [{ version: '9f8e7d6c', source: 'recipe', createdAt: at(5), diskBytes: 2_410_000_000, warm: null }, { version: '5c5c5c5c', source: 'recipe', createdAt: at(50), diskBytes: 2_404_000_000, warm }, { version: '1a2b3c4d', source: 'recipe', createdAt: at(90), diskBytes: 2_400_000_000, warm }] },
  { name: 'micro', versions: [{ version: '77aa00bb', source: 'recipe', createdAt: at(120), diskBytes: 31_000_000, warm: { ...warm, memoryBytes: 1 << 28, bootSeconds: 4.1 } }] },
];

const operation: OperationView = {
  id: 'o1', kind: 'publish', target: 'xfce@9f8e7d6c', state: 'running', step: 'Waiting for the desktop to be drawn', percent: 62, startedAt: at(2), finishedAt: null,
  steps: [{ name: 'Start the parent', seconds: 0.3 }], fault: null, result: null,
};
const failed: OperationView = {
  ...operation, id: 'o0', kind: 'import', target: 'win', state: 'failed', percent: 10, finishedAt: at(1), steps: [],
  fault: { code: 'ImageHasExternalReference', what: 'win.qcow2 was not imported.', why: 'It has a backing file.', remedy: 'Flatten it with qemu-img convert, then import the result.' },
};

const event: EventView = { id: 4, at: at(1), level: 'info', kind: 'machine.ready', message: 'xfce-3 is ready after 419 ms.', actor: null, pool: 'xfce', machine: 'xfce-3', user: null, before: null, after: null };
const events: EventView[] = [
  event,
  { ...event, id: 3, at: at(3), level: 'error', kind: 'machine.failed', message: 'The agent of xfce-6 did not answer.', actor: null, pool: 'xfce', machine: 'xfce-6' },
  { ...event, id: 2, at: at(42), level: 'info', kind: 'session.opened', message: 'admin opened Debian desktop.', actor: 'admin', pool: 'xfce', machine: 'xfce-1' },
  { ...event, id: 1, at: at(50), level: 'warning', kind: 'host.memory', message: 'The host is low on memory.', actor: null, pool: 'lab', machine: null },
];

export const answers: Partial<Record<string, Answer>> = {
  ...adminAnswers, ...appAnswers, ...personaAnswers, ...hostAnswers,
  'GET /me': { body: me }, 'GET /users': { body: { items: users, next: null, total: users.length } }, 'GET /machines': { body: machines }, 'GET /pools': { body: pools }, 'GET /pools/xfce': { body: pool }, 'GET /pools/office': { body: office },
  'GET /pools/xfce/pushes': { body: pushes }, 'GET /pools/office/pushes': { body: [] }, 'GET /pools/xfce/push/events': { body: pushes[0], stream: true }, 'GET /host/usage': { body: usage },
  'GET /pools/xfce/entitlements': { body: [{ pool: 'xfce', user: 'admin', group: null }] }, 'GET /desktops': { body: desktops }, 'GET /desktops/events': { body: desktops, stream: true },
  'GET /images': { body: images }, 'GET /operations': { body: [operation, failed, importing] }, 'POST /desktops/office/open': { status: 409, body: diskInUse }, 'GET /operations/o1': { body: operation },
  'GET /operations/o1/events': { body: operation, stream: true }, 'GET /events': { body: events },
  'POST /login': { status: 401, body: { title: 'The user name or password is wrong.', remedy: 'Check both, then try again.', code: 'Unauthenticated' } },
  'POST /users': { body: { user: { ...users[1], name: 'new', displayName: 'new' }, generatedPassword: 'tawny-wing-4821' } },
  'POST /desktops/lab/open': { status: 503, body: { title: 'No desktop of Lab is ready.', detail: 'The pool has all the machines it may have.', remedy: 'Try again in a while, or tell your administrator.', code: 'PoolExhausted' } },
  'POST /machines/xfce-2/reset': { status: 409, body: { title: 'xfce-2 is being rebuilt.', detail: 'One thing at a time is done to a machine.', remedy: 'Wait until it is done.', code: 'Busy' } },
  'POST /machines/xfce-3/reset': { body: machines[2] },
  'POST /sessions/s1/display-ticket': { body: { ticket: 'mock', expiresInSeconds: 30, sound: false } }, 'DELETE /sessions/s1': { body: null },
};
