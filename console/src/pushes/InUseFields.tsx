import { NumberField, SelectField, type Choice } from '../layout/fields';
import type { InUseRule } from '../api/types';
import type { InUseDraft } from './pushDraft';

const rules: readonly Choice<InUseRule>[] = [
  { value: 'WaitForLogoff', label: 'Wait: each is replaced when its user logs off' },
  { value: 'ForceLogoff', label: 'Log off: users are warned, then logged off' },
];

const longestGrace = 1_440;

/** What becomes of machines in use. */
export function InUseFields({ draft, change }: { draft: InUseDraft; change: (part: Partial<InUseDraft>) => void }) {
  return (
    <>
      <SelectField id="push-in-use" label="Machines in use" value={draft.inUse} choices={rules} onChange={(inUse) => change({ inUse })} />
      {draft.inUse === 'ForceLogoff' && (
        <NumberField id="push-grace" label="Grace time in minutes" value={draft.graceMinutes} min={0} max={longestGrace} onChange={(graceMinutes) => change({ graceMinutes })} help="Between the warning and the log-off; unsaved work is lost then" />
      )}
    </>
  );
}
