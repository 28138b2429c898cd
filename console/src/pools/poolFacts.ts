import type { PoolView } from '../api/types';
import { describeAttaching, describeErrors, describeKind, describeProgram, describeRefresh, describeRules, describeSchedule, describeSpare } from './words';

type Facts = [term: string, value: string][];

/** What a pool is, at a glance. */
export const summaryOf = (pool: PoolView): Facts => [
  ['Image', `${pool.image} ${pool.version}`],
  ['Kind', describeKind(pool)],
  ['Machines', `${pool.total}: ${pool.available} ready, ${pool.inUse} in use`],
  ['Kept ready', describeSpare(pool)],
  ['Provisioning', pool.provisioningEnabled ? 'enabled' : 'disabled'],
  ['Kept versions', pool.keptVersions.length === 0 ? `none now, at most ${pool.keepVersions}` : pool.keptVersions.join(', ')],
];

/** All that is set. */
export const settingFactsOf = (pool: PoolView): Facts => [
  ['Machine names', pool.namePattern],
  ['Schedule', describeSchedule(pool)],
  ['At least', `${pool.minimum}`],
  ['At most', `${pool.maximum}`],
  ...describeRules(pool),
  ...describeAttaching(pool),
  ['Turned on', pool.startOnConnect ? 'when its owner opens it' : 'at once'],
  ['Refresh', pool.assignment === 'Floating' ? 'every user gets a fresh machine' : describeRefresh(pool)],
  ['Post-sync program', describeProgram(pool.postSync, pool.postSyncTimeoutSeconds)],
  ['Power-off program', describeProgram(pool.powerOff, pool.powerOffTimeoutSeconds)],
  ['Errors', describeErrors(pool)],
];
