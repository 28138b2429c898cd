import type { DesktopCard, DoctorReport, EventView, ImageView, MachineView, OperationView, PoolView, UserView } from '../src/api/types';

interface Answer { body: unknown; status?: number; stream?: boolean }

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

const me: UserView = { name: 'admin', displayName: 'Ada Admin', administrator: true };
const users: UserView[] = [me, { name: 'demo', displayName: 'Demo User', administrator: false }];

const full = { code: 'HostMemoryLow', what: 'Pool lab cannot make another machine.', why: '310 MiB of memory are free and a machine needs 512 MiB.', remedy: 'Free memory on the host or lower the spare machines of the pool.' };

const machine = (n: number, part: Partial<MachineView>): MachineView => ({
  name: `xfce-${n}`, id: `m${n}`, pool: 'xfce', state: 'Available', image: 'xfce', version: '1a2b3c4d', user: null, address: `10.64.0.${n * 8 + 2}`,
  mac: null, processId: 4000 + n, createdAt: at(n * 7), timeline: { shellReady: true, runningMs: 5.2 + n / 3, readyMs: 380 + n * 13 }, fault: null, ...part,
});

const machines: MachineView[] = [
  machine(1, { state: 'Connected', user: 'admin' }), machine(2, {}), machine(3, {}), machine(4, { state: 'Disconnected', user: 'demo' }),
  machine(5, { state: 'Customizing', timeline: null, address: null }),
  machine(6, { state: 'ProvisioningError', timeline: null, address: null, fault: { code: 'AgentSilent', what: 'The agent of xfce-6 did not answer.', why: 'Its deadline of 30 s passed.', remedy: null } }),
];

const pool: PoolView = {
  name: 'xfce', displayName: 'Debian desktop', image: 'xfce', version: '1a2b3c4d', spare: 2, maximum: 10, namePattern: 'xfce-{n}', postSync: [],
  postSyncTimeoutSeconds: 20, available: 2, inUse: 2, total: 6, problem: null,
};
const pools: PoolView[] = [pool, { ...pool, name: 'lab', displayName: 'Lab', image: 'micro', available: 0, inUse: 0, total: 1, spare: 3, problem: full }];

const session = { id: 's1', pool: 'xfce', machine: 'xfce-1', user: 'admin', startedAt: at(42), connected: false };
const desktops: DesktopCard[] = [
  { pool: 'xfce', displayName: 'Debian desktop', image: 'xfce', available: 2, session },
  { pool: 'office', displayName: 'Office', image: 'xfce', available: 3, session: null },
  { pool: 'lab', displayName: '<b>Lab</b>', image: 'micro', available: 0, session: null },
];

const doctor: DoctorReport = {
  qemu: '7.2.13', accelerator: 'tcg', isolated: false,
  acceleratorReason: '/dev/kvm opens, but a Linux guest stopped with internal-error, so machines run under emulation.',
  checks: [
    { name: 'qemu', level: 'ok', message: 'QEMU 7.2.13', remedy: null },
    { name: 'kvm', level: 'warning', message: '/dev/kvm cannot run a modern kernel on this host.', remedy: 'Use a host with hardware virtualization.' },
    { name: 'memory', level: 'ok', message: '19 GiB free of 23 GiB', remedy: null },
    { name: 'mmdebstrap', level: 'error', message: 'mmdebstrap is not installed.', remedy: 'apt-get install mmdebstrap' },
  ],
};

const warm = { publishedAt: at(60), memoryBytes: 1 << 30, cpus: 1, stateBytes: 1_782_579, ramBytesStored: 412_000_000, accelerator: 'tcg', bootSeconds: 146.2, freezeSeconds: 0.9 };
const images: ImageView[] = [
  { name: 'xfce', versions: [{ version: '9f8e7d6c', source: 'recipe', createdAt: at(5), diskBytes: 2_410_000_000, warm: null }, { version: '1a2b3c4d', source: 'recipe', createdAt: at(90), diskBytes: 2_400_000_000, warm }] },
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

const events: EventView[] = [
  { id: 4, at: at(1), level: 'info', kind: 'machine.ready', message: 'xfce-3 is ready after 419 ms.', actor: null, pool: 'xfce', machine: 'xfce-3' },
  { id: 3, at: at(3), level: 'error', kind: 'machine.failed', message: 'The agent of xfce-6 did not answer.', actor: null, pool: 'xfce', machine: 'xfce-6' },
  { id: 2, at: at(42), level: 'info', kind: 'session.opened', message: 'admin opened Debian desktop.', actor: 'admin', pool: 'xfce', machine: 'xfce-1' },
  { id: 1, at: at(50), level: 'warning', kind: 'host.memory', message: 'The host is low on memory.', actor: null, pool: 'lab', machine: null },
];

export const answers: Partial<Record<string, Answer>> = {
  'GET /me': { body: me }, 'GET /users': { body: users }, 'GET /machines': { body: machines }, 'GET /pools': { body: pools }, 'GET /pools/xfce': { body: pool },
  'GET /pools/xfce/entitlements': { body: [{ pool: 'xfce', user: 'admin' }] }, 'GET /desktops': { body: desktops }, 'GET /desktops/events': { body: desktops, stream: true },
  'GET /doctor': { body: doctor }, 'GET /images': { body: images }, 'GET /operations': { body: [operation, failed] }, 'GET /operations/o1': { body: operation },
  'GET /operations/o1/events': { body: operation, stream: true }, 'GET /events': { body: events },
  'POST /login': { status: 401, body: { title: 'The user name or password is wrong.', remedy: 'Check both, then try again.', code: 'Unauthenticated' } },
  'POST /users': { body: { user: { name: 'new', displayName: 'new', administrator: false }, generatedPassword: 'tawny-wing-4821' } },
  'POST /desktops/lab/open': { status: 503, body: { title: 'No desktop of Lab is ready.', detail: full.why, remedy: 'Try again in a while, or tell your administrator.', code: 'PoolExhausted' } },
  'POST /sessions/s1/display-ticket': { body: { ticket: 'mock', expiresInSeconds: 30 } }, 'DELETE /sessions/s1': { body: null },
};
