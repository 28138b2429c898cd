import { NumberField, SelectField } from '../layout/fields';
import type { SettingsProps } from './poolDraft';
import { ScheduleFields } from './ScheduleFields';
import { sizings } from './words';

const most = 10_000;

/** How many machines, and when they are made. */
export function SizeFields({ draft, change }: SettingsProps) {
  const onDemand = draft.sizing === 'OnDemand';
  return (
    <>
      <SelectField id="pool-sizing" label="Machines are made" value={draft.sizing} choices={sizings} onChange={(sizing) => change({ sizing })} />
      <NumberField id="pool-maximum" label="At most" value={draft.maximum} min={1} max={most} onChange={(maximum) => change({ maximum })} help="Machines at any time, lent or waiting" />
      {onDemand && (
        <>
          <NumberField id="pool-spare" label="Kept ready" value={draft.spare} min={0} max={most} onChange={(spare) => change({ spare })} help="Machines waiting for a user at any time; 0 makes each when it is asked for" />
          <NumberField id="pool-minimum" label="At least" value={draft.minimum} min={0} max={most} onChange={(minimum) => change({ minimum })} help="Machines at any time, in use or not" />
          <ScheduleFields schedule={draft.schedule} spare={draft.spare} maximum={draft.maximum} onChange={(schedule) => change({ schedule })} />
        </>
      )}
    </>
  );
}
