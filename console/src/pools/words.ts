import type { AttachFailureRule, ClipboardRule, PoolAssignment, PoolSettings, PoolSizing, PoolView, ProvisioningKind, RefreshRule } from '../api/types';
import type { Choice } from '../layout/fields';
import { describeKept, formatMib } from '../volumes/words';
import { describeHours } from './hours';
import { describeLevel } from './schedule';

export const assignments: readonly Choice<PoolAssignment>[] = [
  { value: 'Floating', label: 'Floating: destroyed at log-off, a fresh one takes its place' },
  { value: 'Dedicated', label: 'Dedicated: kept for its owner, who gets the same one again' },
];

export const provisionings: readonly Choice<ProvisioningKind>[] = [
  { value: 'Instant', label: 'Instant: forked from the warm image, running' },
  { value: 'Linked', label: 'Linked: booted from an overlay over the image' },
  { value: 'Full', label: 'Full: booted from a whole copy of the image' },
];

export const sizings: readonly Choice<PoolSizing>[] = [
  { value: 'OnDemand', label: 'On demand: the spare level ahead, the rest as users come' },
  { value: 'UpFront', label: 'Up front: all of the maximum, always' },
];

export const refreshRules: readonly Choice<RefreshRule>[] = [
  { value: 'Never', label: 'Never' },
  { value: 'Always', label: 'At every log-off' },
  { value: 'EveryDays', label: 'At log-off, every so many days' },
  { value: 'AtDiskSize', label: 'At log-off, once so much is written' },
];

export const clipboardRules: readonly Choice<ClipboardRule>[] = [
  { value: 'Both', label: 'Both ways' },
  { value: 'ToGuest', label: 'Into the desktop only' },
  { value: 'FromGuest', label: 'Out of the desktop only' },
  { value: 'Off', label: 'Not at all' },
];

export const attachFailureRules: readonly Choice<AttachFailureRule>[] = [
  { value: 'Continue', label: 'The desktop opens without it, and its user is told' },
  { value: 'Refuse', label: 'The desktop does not open, and its user is told why' },
];

export const labelOf = <T extends string>(choices: readonly Choice<T>[], value: T): string => choices.find((choice) => choice.value === value)?.label ?? value;

/** What users read on its card. */
export const shownName = (pool: Pick<PoolView, 'name' | 'displayName'>): string => pool.displayName ?? pool.name;

export const describeKind = (pool: Pick<PoolView, 'assignment' | 'provisioning'>): string => `${pool.assignment}, ${pool.provisioning.toLowerCase()}`;

export function describeSpare(pool: PoolView): string {
  if (pool.sizing === 'UpFront') return 'all made up front';
  return pool.schedule === null ? `${pool.spare}` : `${pool.spareNow} now, by schedule`;
}

export const describeSchedule = (pool: PoolSettings): string =>
  pool.schedule === null ? 'none' : `${pool.schedule.levels.map(describeLevel).join('; ')} (${pool.schedule.timeZone})`;

export function describeRefresh(pool: PoolSettings): string {
  switch (pool.refresh) {
    case 'Never': return 'never';
    case 'Always': return 'at every log-off';
    case 'EveryDays': return `at log-off, every ${pool.refreshDays} days`;
    case 'AtDiskSize': return `at log-off, once ${pool.refreshDiskMib} MiB are written`;
  }
}

export const describeErrors = (pool: PoolSettings): string =>
  `${pool.attempts} attempts a machine; stops ${pool.stopOnError ? 'at the first that fails for good' : `at ${pool.errorThresholdPercent} % failed`}`;

export const describeProgram = (command: string[], seconds: number): string =>
  command.length === 0 ? 'none' : `${command.join(' ')} (at most ${seconds} s)`;

const minutes = (count: number | null, rest: string): string => count === null ? 'never' : `after ${count} minutes ${rest}`;

/** What holds for users and their sessions, as terms and values. */
export const describeRules = (pool: PoolSettings): [string, string][] => [
  ['Disconnects', minutes(pool.disconnectIdleMinutes, 'without key or pointer')],
  ['Logs off', minutes(pool.logOffDisconnectedMinutes, 'without a display')],
  ['Open', describeHours(pool.hours)],
  ['Text may be copied', labelOf(clipboardRules, pool.clipboard).toLowerCase()],
  ['Users may reset', pool.usersMayReset ? 'yes' : 'no'],
];

/** What is attached to its machines for their users. */
export const describeAttaching = (pool: PoolSettings): [string, string][] => [
  ['Writable volume', pool.volume === null ? 'none' : `keeps ${describeKept(pool.volume)}, ${formatMib(pool.volumeMib)}, ${pool.volumeSnapshots === 0 ? 'no snapshots' : `the last ${pool.volumeSnapshots} logons can be gone back to`}`],
  ['Settings of users', pool.persona ? 'follow them' : 'go with the desktop'],
  ['What can not be attached', labelOf(attachFailureRules, pool.onAttachFailure)],
];
