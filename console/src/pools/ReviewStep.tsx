import { Facts } from '../layout/Facts';
import type { PoolDraft } from './poolDraft';
import type { Entitled } from './useCreatePoolFor';
import { assignments, describeAttaching, describeRules, describeSchedule, labelOf, provisionings, sizings } from './words';
import { toRequest } from './poolDraft';

const listed = (names: readonly string[]): string => names.length === 0 ? 'none' : names.join(', ');

/** Everything that was chosen, to be read once more. */
export function ReviewStep({ draft, entitled }: { draft: PoolDraft; entitled: Entitled }) {
  const settings = toRequest(draft);
  const onDemand = draft.sizing === 'OnDemand';
  return (
    <Facts
      testId="pool-review"
      facts={[
        ['Name', draft.displayName === '' ? draft.name : `${draft.name}, shown as ${draft.displayName}`],
        ['Image', `${draft.image} ${draft.version === '' ? (draft.provisioning === 'Instant' ? '(newest published)' : '(newest)') : draft.version}`],
        ['Provisioning', labelOf(provisionings, draft.provisioning)],
        ['Assignment', labelOf(assignments, draft.assignment)],
        ['Size', labelOf(sizings, draft.sizing)],
        ['Machines', onDemand ? `at least ${draft.minimum}, at most ${draft.maximum}, ${draft.spare} kept ready` : `${draft.maximum}`],
        ...(onDemand ? [['Schedule', describeSchedule(settings)] as const] : []),
        ...describeRules(settings),
        ...describeAttaching(settings),
        ['Users', listed(entitled.users)],
        ['Groups', listed(entitled.groups)],
      ]}
    />
  );
}
