import type { PoolAssignment } from '../api/types';
import { CheckField, NumberField, OptionalNumberField, SelectField } from '../layout/fields';
import { HoursFields } from './HoursFields';
import type { SettingsProps } from './poolDraft';
import { clipboardRules, refreshRules } from './words';

const week = 10_080;

/** What users may do, and when their sessions end. */
export function RuleFields({ draft, change, assignment }: SettingsProps & { assignment: PoolAssignment }) {
  return (
    <>
      <OptionalNumberField id="pool-disconnect-idle" label="Disconnect who does nothing" value={draft.disconnectIdleMinutes} first={60} min={1} max={week} step={5} onChange={(disconnectIdleMinutes) => change({ disconnectIdleMinutes })} help="Displays are closed after so long without key or pointer; the desktop goes on" />
      <OptionalNumberField id="pool-log-off" label="Log off who stays away" value={draft.logOffDisconnectedMinutes} first={120} min={0} max={week} step={5} onChange={(logOffDisconnectedMinutes) => change({ logOffDisconnectedMinutes })} help="Sessions end so long after their last display was closed; unsaved work is lost" />
      <HoursFields hours={draft.hours} onChange={(hours) => change({ hours })} />
      <SelectField id="pool-clipboard" label="Text may be copied" value={draft.clipboard} choices={clipboardRules} onChange={(clipboard) => change({ clipboard })} />
      <CheckField id="pool-users-may-reset" label="Users may reset their own desktop" checked={draft.usersMayReset} onChange={(usersMayReset) => change({ usersMayReset })} help="For when it hangs; unsaved work is lost" />
      {assignment === 'Dedicated' && <DedicatedFields draft={draft} change={change} />}
    </>
  );
}

function DedicatedFields({ draft, change }: SettingsProps) {
  return (
    <>
      <CheckField id="pool-start-on-connect" label="Turn on when it is opened" checked={draft.startOnConnect} onChange={(startOnConnect) => change({ startOnConnect })} help="A machine that went off stays off until its owner opens it; otherwise it is turned on at once" />
      <SelectField id="pool-refresh" label="A machine gets a fresh disk" value={draft.refresh} choices={refreshRules} onChange={(refresh) => change({ refresh })} help="What its owner has put on the disk is lost then; its name and MAC stay" />
      {draft.refresh === 'EveryDays' && <NumberField id="pool-refresh-days" label="Days" value={draft.refreshDays} min={1} max={365} onChange={(refreshDays) => change({ refreshDays })} />}
      {draft.refresh === 'AtDiskSize' && <NumberField id="pool-refresh-disk" label="Written, in MiB" value={draft.refreshDiskMib} min={16} max={1_048_576} step={256} onChange={(refreshDiskMib) => change({ refreshDiskMib })} />}
    </>
  );
}
