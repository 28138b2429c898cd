import { FormGroup, Radio, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import type { PoolView } from '../api/types';
import { useImages } from '../images/images';
import { FormDialog } from '../layout/FormDialog';
import { ProblemAlert } from '../layout/ProblemAlert';
import { NumberField, SelectField, TextField } from '../layout/fields';
import { useRights } from '../login/useRights';
import { FreshDisks } from './FreshDisks';
import { InUseFields } from './InUseFields';
import { emptyPush, isComplete, longestWarning, newest, toPushRequest, type PushDraft } from './pushDraft';
import { usePushImage } from './pushes';
import { versionChoices } from './versionChoices';

export function PushDialog({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const [draft, setDraft] = useState(emptyPush);
  const images = useImages();
  const push = usePushImage(pool.name);
  const change = (part: Partial<PushDraft>) => setDraft({ ...draft, ...part });
  const { may } = useRights();
  const seesImages = may('ViewImages');
  // Whoever runs a pool may push to it without a right to all images.
  const versions = seesImages ? versionChoices(pool, images.data ?? [], false) : [{ value: newest, label: `The newest of ${pool.image}` }];
  return (
    <FormDialog title={`Push image to ${pool.name}`} verb="Push image" testId="push-dialog" wide busy={push.isPending} error={push.error} valid={isComplete(draft)} onSubmit={() => push.mutate(toPushRequest(draft), { onSuccess: onClose })} onClose={onClose}>
      {seesImages && images.error && <ProblemAlert error={images.error} />}
      <FreshDisks pool={pool} />
      <SelectField id="push-version" label="Version" required value={draft.version} choices={[{ value: '', label: 'Choose a version', disabled: true }, ...versions]} onChange={(version) => change({ version })} />
      <StartFields draft={draft} change={change} />
      <InUseFields draft={draft} change={change} />
      {draft.inUse === 'ForceLogoff' && (
        <TextField id="push-warning" label="Warning" value={draft.warning} onChange={(warning) => change({ warning })} help={`What users read, at most ${longestWarning} characters; a sentence of Mayfly's when empty`} />
      )}
      <NumberField id="push-error-threshold" label="Pause at percent failed" value={draft.errorThresholdPercent} min={1} max={100} onChange={(errorThresholdPercent) => change({ errorThresholdPercent })} help="Of all machines to be replaced" />
    </FormDialog>
  );
}

function StartFields({ draft, change }: { draft: PushDraft; change: (part: Partial<PushDraft>) => void }) {
  return (
    <FormGroup role="radiogroup" label="Machines begin to be replaced">
      <Radio id="push-now" data-testid="push-now" name="push-start" label="At once" isChecked={!draft.later} onChange={() => change({ later: false })} />
      <Radio
        id="push-later" data-testid="push-later" name="push-start" label="At a time; the version is published right away" isChecked={draft.later} onChange={() => change({ later: true })}
        body={draft.later && <TextInput id="push-start-at" data-testid="push-start-at" type="datetime-local" aria-label="Start time, your local time" value={draft.startAt} onChange={(_, startAt) => change({ startAt })} />}
      />
    </FormGroup>
  );
}
