import type { PoolView, PushView } from '../src/api/types';
import { ago, ahead } from './mockTime.ts';

const push: PushView = {
  id: 'p2', pool: 'xfce', image: 'xfce', fromVersion: '1a2b3c4d', toVersion: '9f8e7d6c', state: 'Rolling', inUse: 'ForceLogoff', startAt: ago(4), forceAt: ahead(6),
  errorThresholdPercent: 20, replaced: 3, remaining: 1, waiting: 2, failed: 1, operationId: 'o1', actor: 'admin', askedAt: ago(9), finishedAt: null, fault: null,
};

export const pushes: PushView[] = [
  push,
  { ...push, id: 'p1', fromVersion: '00aa11bb', toVersion: '1a2b3c4d', state: 'Completed', inUse: 'WaitForLogoff', replaced: 6, remaining: 0, waiting: 0, failed: 0, forceAt: null, startAt: ago(900), askedAt: ago(901), finishedAt: ago(880) },
  { ...push, id: 'p0', fromVersion: '00aa11bb', toVersion: 'deadbeef', state: 'Failed', replaced: 0, remaining: 6, waiting: 0, failed: 0, forceAt: null, startAt: ago(990), askedAt: ago(990), finishedAt: ago(980), fault: { code: 'PublishFailed', what: 'xfce@deadbeef could not be published.', why: 'The desktop was never drawn.', remedy: null } },
];

const memoryLow = { code: 'HostMemoryLow' as const, what: 'Pool lab cannot make another machine.', why: '310 MiB of memory are free and a machine needs 512 MiB.', remedy: 'Free memory on the host or lower the spare machines of the pool.' };
const stopped = { code: 'PoolStopped' as const, what: 'Pool office makes no more machines.', why: 'office-3 could not be made in 3 attempts: its agent did not answer.', remedy: 'Mend the image, then enable provisioning.' };

export const pool: PoolView = {
  name: 'xfce', displayName: 'Debian desktop', image: 'xfce', version: '1a2b3c4d', assignment: 'Floating', provisioning: 'Instant', namePattern: 'xfce-{n}',
  sizing: 'OnDemand', maximum: 10, minimum: 0, spare: 2, spareNow: 4, refresh: 'Never', refreshDays: 7, refreshDiskMib: 4096,
  schedule: {
    timeZone: 'Europe/Berlin',
    levels: [
      { days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], from: '07:00:00', spare: 4 },
      { days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], from: '19:00:00', spare: 1 },
    ],
  },
  postSync: ['/bin/sh', '-c', 'echo ready > /run/ready'], postSyncTimeoutSeconds: 20, powerOff: [], powerOffTimeoutSeconds: 20, provisioningEnabled: true,
  stopOnError: false, attempts: 3, errorThresholdPercent: 50, keepVersions: 2, startOnConnect: false, disconnectIdleMinutes: null, logOffDisconnectedMinutes: null, hours: null, usersMayReset: true, clipboard: 'Both', volume: 'AppsAndProfile', volumeMib: 8192, volumeSnapshots: 3, persona: false, onAttachFailure: 'Continue', keptVersions: ['00aa11bb', '77665544'],
  available: 2, inUse: 2, total: 6, push, canary: null, deleting: false, problem: null,
};

export const office: PoolView = {
  ...pool, name: 'office', displayName: 'Office', assignment: 'Dedicated', provisioning: 'Linked', volume: null, refresh: 'EveryDays', spare: 3, spareNow: 3, schedule: null, postSync: [],
  provisioningEnabled: false, push: { ...pushes[1] ?? push, pool: 'office' }, canary: { version: '9f8e7d6c', machines: ['office-1', 'office-2'], replaced: 1 }, problem: stopped,
};

export const pools: PoolView[] = [
  pool, office,
  { ...pool, name: 'lab', displayName: 'Lab', image: 'micro', available: 0, inUse: 0, total: 1, spare: 3, spareNow: 3, schedule: null, push: null, problem: memoryLow },
];
