import { areHoursComplete } from './hours';
import type { PoolDraft, SettingsDraft } from './poolDraft';
import { isComplete as isScheduleComplete } from './schedule';

/** A DNS label: 1 to 63 of a-z, 0-9 and '-', not at either end. */
export const isPoolName = (name: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);

/** Why the first step can not be left yet, or null. */
export function lackOfImage({ name, image, provisioning }: PoolDraft, taken: readonly string[]): string | null {
  if (name === '') return 'Give the pool a name.';
  if (!isPoolName(name)) return 'The name may have 1 to 63 of a-z, 0-9 and \'-\', and no \'-\' at either end.';
  if (taken.includes(name)) return `There is a pool ${name} already. Give this one another name.`;
  if (image === '') return provisioning === 'Instant' ? 'Choose a published image.' : 'Choose an image.';
  return null;
}

/** Why the size does not fit together, or null. */
export function lackOfSize({ sizing, spare, minimum, maximum, schedule }: SettingsDraft): string | null {
  if (sizing === 'UpFront') return null;
  if (spare > maximum) return `${spare} are to be kept ready, but there may be ${maximum} at most.`;
  if (minimum > maximum) return `There are to be ${minimum} at least, but ${maximum} at most.`;
  if (schedule !== null && !isScheduleComplete(schedule, maximum)) return 'Each level of the schedule needs days, a time, and no more machines than there may be at most.';
  return null;
}

export const lackOfRules = ({ hours }: SettingsDraft): string | null =>
  hours === null || areHoursComplete(hours) ? null : 'All hours need days, a beginning and an end.';
