import type { CreatePoolRequest, PoolAssignment, PoolSettings, PoolView, ProvisioningKind } from '../api/types';
import { lackOfRules, lackOfSize } from './poolSteps';

/** Settings as a form holds them: texts are never null, and a program has one argument a line. */
export interface SettingsDraft extends Omit<PoolSettings, 'displayName' | 'postSync' | 'powerOff'> { displayName: string; postSync: string; powerOff: string }

export interface SettingsProps { draft: SettingsDraft; change: (part: Partial<SettingsDraft>) => void }

/** What the form of a new pool holds. */
export interface PoolDraft extends SettingsDraft {
  name: string; image: string; version: string; assignment: PoolAssignment; provisioning: ProvisioningKind; namePattern: string;
}

export const emptyDraft: PoolDraft = {
  name: '', image: '', version: '', assignment: 'Floating', provisioning: 'Instant', namePattern: '',
  displayName: '', sizing: 'OnDemand', maximum: 10, minimum: 0, spare: 2, schedule: null, refresh: 'Never', refreshDays: 7, refreshDiskMib: 4096,
  postSync: '', postSyncTimeoutSeconds: 20, powerOff: '', powerOffTimeoutSeconds: 20,
  provisioningEnabled: true, stopOnError: false, attempts: 3, errorThresholdPercent: 50, keepVersions: 1,
  startOnConnect: false, disconnectIdleMinutes: null, logOffDisconnectedMinutes: null, hours: null, usersMayReset: false, clipboard: 'Both',
  volume: null, volumeMib: 8192, volumeSnapshots: 3, persona: false, onAttachFailure: 'Continue',
};

export const areComplete = (draft: SettingsDraft): boolean => lackOfSize(draft) === null && lackOfRules(draft) === null;

const toProgram = (lines: string): string[] => lines.split('\n').filter((line) => line.trim() !== '');
const orNull = (text: string): string | null => text === '' ? null : text;

/** The settings of a pool, as the API takes them back. */
export const settingsOf = (pool: PoolView): PoolSettings => toSettings(draftOf(pool));

export function draftOf(pool: PoolView): SettingsDraft {
  const { sizing, maximum, minimum, spare, schedule, refresh, refreshDays, refreshDiskMib, postSyncTimeoutSeconds, powerOffTimeoutSeconds } = pool;
  const { provisioningEnabled, stopOnError, attempts, errorThresholdPercent, keepVersions } = pool;
  const { startOnConnect, disconnectIdleMinutes, logOffDisconnectedMinutes, hours, usersMayReset, clipboard } = pool;
  const { volume, volumeMib, volumeSnapshots, persona, onAttachFailure } = pool;
  return {
    displayName: pool.displayName ?? '', sizing, maximum, minimum, spare, schedule, refresh, refreshDays, refreshDiskMib,
    postSync: pool.postSync.join('\n'), postSyncTimeoutSeconds, powerOff: pool.powerOff.join('\n'), powerOffTimeoutSeconds,
    provisioningEnabled, stopOnError, attempts, errorThresholdPercent, keepVersions,
    startOnConnect, disconnectIdleMinutes, logOffDisconnectedMinutes, hours, usersMayReset, clipboard,
    volume, volumeMib, volumeSnapshots, persona, onAttachFailure,
  };
}

export const toSettings = (draft: SettingsDraft): PoolSettings =>
  ({ ...draft, displayName: orNull(draft.displayName), postSync: toProgram(draft.postSync), powerOff: toProgram(draft.powerOff) });

/** What is empty becomes null, so that the server's defaults hold; a kept machine has no volume and no persona, whatever was chosen before. */
export const toRequest = (draft: PoolDraft): CreatePoolRequest => ({
  ...draft, ...toSettings(draft), version: orNull(draft.version), namePattern: orNull(draft.namePattern),
  ...(draft.assignment === 'Dedicated' ? { volume: null, persona: false } : {}),
});
