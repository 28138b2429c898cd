import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem } from '@patternfly/react-core';
import { useState } from 'react';
import { useImages } from '../images/images';
import { FormDialog } from '../layout/FormDialog';
import { NumberField, TextField } from '../layout/fields';
import { emptyDraft, isComplete, toRequest, type PoolDraft } from './poolDraft';
import { useCreatePool } from './pools';

const most = 10_000;

export function CreatePoolDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const create = useCreatePool();
  const change = (part: Partial<PoolDraft>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog title="Create pool" verb="Create" testId="pool-dialog" busy={create.isPending} error={create.error} valid={isComplete(draft)} onSubmit={() => create.mutate(toRequest(draft), { onSuccess: onClose })} onClose={onClose}>
      <TextField id="pool-name" label="Name" required value={draft.name} onChange={(name) => change({ name })} help="1 to 63 of a-z, 0-9 and '-'; also the start of its machines' names" />
      <TextField id="pool-display-name" label="Shown as" value={draft.displayName} onChange={(displayName) => change({ displayName })} help="What users read on the card; the name when empty" />
      <ImageFields draft={draft} change={change} />
      <NumberField id="pool-spare" label="Kept ready" value={draft.spare} min={0} max={most} onChange={(spare) => change({ spare })} help="Machines waiting for a user at any time" />
      <NumberField id="pool-maximum" label="At most" value={draft.maximum} min={1} max={most} onChange={(maximum) => change({ maximum })} help="Machines at any time, lent or waiting" />
      <TextField id="pool-name-pattern" label="Machine names" value={draft.namePattern} onChange={(namePattern) => change({ namePattern })} help="{n} is a number, {n:fixed=3} pads it; NAME-{n} when empty" />
    </FormDialog>
  );
}

function ImageFields({ draft, change }: { draft: PoolDraft; change: (part: Partial<PoolDraft>) => void }) {
  const images = useImages();
  const published = (images.data ?? []).map((image) => ({ ...image, versions: image.versions.filter((version) => version.warm !== null) })).filter((image) => image.versions.length > 0);
  const versions = published.find((image) => image.name === draft.image)?.versions ?? [];
  return (
    <>
      <FormGroup label="Image" fieldId="pool-image" isRequired>
        <FormSelect id="pool-image" data-testid="pool-image" value={draft.image} onChange={(_, image) => change({ image, version: '' })}>
          <FormSelectOption value="" label="Choose a published image" isDisabled />
          {published.map((image) => <FormSelectOption key={image.name} value={image.name} label={image.name} />)}
        </FormSelect>
        {images.isSuccess && published.length === 0 && (
          <FormHelperText><HelperText><HelperTextItem variant="warning">No image is published yet. Publish one on the Images page first.</HelperTextItem></HelperText></FormHelperText>
        )}
      </FormGroup>
      {versions.length > 1 && (
        <FormGroup label="Version" fieldId="pool-version">
          <FormSelect id="pool-version" data-testid="pool-version" value={draft.version} onChange={(_, version) => change({ version })}>
            <FormSelectOption value="" label="Newest published" />
            {versions.map((version) => <FormSelectOption key={version.version} value={version.version} label={version.version} />)}
          </FormSelect>
        </FormGroup>
      )}
    </>
  );
}
