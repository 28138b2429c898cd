import type { AppView, CaptureView, OperationView, PackageView, SessionApp, VolumeDetails, VolumeView } from '../src/api/types';
import { ago } from './mockTime.ts';

const program = (id: string, name: string, comment: string | null = null, hasIcon = false) => ({ id: `${id}.desktop`, name, comment, hasIcon });

const made = (app: string, version: string, part: Partial<PackageView>): PackageView => ({
  id: `${app}${version}`, app, version, stage: 'Published', os: 'debian-13', bytes: 182_000_000, contentBytes: 611_000_000, sha256: 'e3b0c442', programs: [], privilegedFiles: [],
  createdAt: ago(300), createdBy: 'admin', base: null, machines: 0, ...part,
});

const gimp: AppView = {
  name: 'gimp', displayName: 'GIMP', description: 'Paints and retouches pictures', precedence: 500, current: '2.10.36',
  packages: [
    made('gimp', '3.0.0', { stage: 'New', base: '2.10.36', createdAt: ago(4), programs: [program('gimp', 'GIMP', 'Edit pictures', true), program('gimp-help', 'Help of GIMP')], privilegedFiles: ['/usr/lib/gimp/3.0/plug-ins/scan (setuid root)', '/usr/bin/gimp-print (cap_net_raw)'] }),
    made('gimp', '2.10.36', { programs: [program('gimp', 'GIMP', 'Edit pictures', true)], machines: 4 }),
    made('gimp', '2.10.30', { stage: 'Retired', createdAt: ago(9000), os: null, createdBy: null }),
  ],
  assignments: [
    { id: 'a1', app: 'gimp', version: null, user: null, group: null, pool: 'xfce', delivery: 'Provision' }, { id: 'a2', app: 'gimp', version: null, user: null, group: 'staff', pool: null, delivery: 'Logon' },
    { id: 'a3', app: 'gimp', version: '3.0.0', user: 'demo', group: null, pool: null, delivery: 'Demand' },
  ],
};
const empty: AppView = { name: 'scribus', displayName: 'scribus', description: '', precedence: 400, current: null, packages: [], assignments: [] };
const apps = [gimp, empty];

const capture = (id: string, part: Partial<CaptureView>): CaptureView =>
  ({ id, app: 'gimp', version: '3.0.1', image: 'xfce', state: 'Open', step: null, startedBy: 'admin', startedAt: ago(3), endedAt: null, fault: null, base: '3.0.0', ...part });

const failed = { code: 'CaptureFailed' as const, what: 'Version 2.99 of gimp could not be captured.', why: 'apt could not find the package gimp-data.', remedy: 'Name packages that the image\'s sources have.' };
const captures = [
  capture('c1', {}), capture('c2', { version: '3.1', state: 'Installing', step: 'installing gimp, 41 of 96 packages' }),
  capture('c3', { version: '3.0.0', state: 'Done', endedAt: ago(4), base: '2.10.36' }), capture('c4', { version: '2.99', state: 'Failed', endedAt: ago(40), base: null, fault: failed }),
];

export const importing: OperationView = { id: 'o2', kind: 'import-package', target: 'gimp@3.2', state: 'running', step: 'packing', percent: 40, startedAt: ago(1), finishedAt: null, steps: [], fault: null, result: null };

const volume = (id: string, part: Partial<VolumeView>): VolumeView =>
  ({ id, user: 'demo', os: 'debian-13', kind: 'AppsAndProfile', sizeMib: 8192, state: 'Detached', pool: null, machine: null, createdAt: ago(9000), attachedAt: ago(90), ...part });
const volumes = [
  volume('v1', {}), volume('v2', { user: 'admin', state: 'Attached', pool: 'xfce', machine: 'xfce-1', kind: 'Profile', attachedAt: ago(42) }),
  volume('v3', { user: 'demo', os: 'ubuntu-24.04', state: 'Disabled', kind: 'Apps', sizeMib: 512, attachedAt: null }),
];
const details = (of: VolumeView, bytes: number, ages: number[]): VolumeDetails => ({ volume: of, bytes, snapshots: ages.map((age, index) => ({ id: `s${index}`, takenAt: ago(age) })) });

/** Applications of a session: one that is there, one on demand, one that could not be attached. */
export const sessionApps: SessionApp[] = [
  { app: 'gimp', displayName: 'GIMP', version: '2.10.36', delivery: 'Logon', attached: true, fault: null },
  { app: 'scribus', displayName: 'Scribus', version: '1.6', delivery: 'Demand', attached: false, fault: null },
  { app: 'krita', displayName: 'Krita', version: '5.2', delivery: 'Logon', attached: false, fault: { code: 'PackageForeign', what: 'Krita 5.2 was made for debian-12.', why: 'This desktop is debian-13.', remedy: 'Make a package of it on this image.' } },
];

export const diskInUse = { title: 'Your volume for debian-13 is in use in \'xfce\', on the machine \'xfce-1\'.', detail: 'A volume is with one machine at a time.', remedy: 'Log off there first, or open this desktop without the volume.', code: 'VolumeInUse' };

const page = (items: unknown[]) => ({ body: { items, next: null, total: items.length } });

export const appAnswers = {
  'GET /apps': page(apps), 'GET /apps/gimp': { body: gimp }, 'GET /apps/scribus': { body: empty }, 'GET /captures': page(captures),
  ...Object.fromEntries(captures.flatMap((each) => [[`GET /captures/${each.id}`, { body: each }], [`GET /captures/${each.id}/events`, { body: each, stream: true }]])),
  'POST /captures/c1/display-ticket': { body: { ticket: 'mock', expiresInSeconds: 30, sound: false } },
  'GET /volumes': page(volumes), 'GET /volumes/v1': { body: details(volumes[0] ?? volume('v1', {}), 1_900_000_000, [90, 1500, 3000]) }, 'GET /volumes/v2': { body: details(volumes[1] ?? volume('v2', {}), 310_000_000, []) },
  'GET /volumes/v3': { body: details(volumes[2] ?? volume('v3', {}), 196_608, []) },
  'GET /operations/o2/events': { body: importing, stream: true },
};
