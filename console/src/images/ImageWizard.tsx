import { FormGroup, Radio } from '@patternfly/react-core';
import { useState } from 'react';
import { Facts } from '../layout/Facts';
import { CheckField, NumberField, TextField } from '../layout/fields';
import { WizardDialog } from '../layout/WizardDialog';
import { emptyImage, lackOfSource, recipes, sources, type ImageDraft } from './imageDraft';
import { useMakeImage } from './makeImage';

interface Props { draft: ImageDraft; change: (part: Partial<ImageDraft>) => void }

/** From a recipe or a file to an image, published if wished. */
export function ImageWizard({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(emptyImage);
  const make = useMakeImage();
  const change = (part: Partial<ImageDraft>) => setDraft({ ...draft, ...part });
  const parts = [
    { id: 'source', name: 'Source', content: <SourceStep draft={draft} change={change} />, lack: null },
    { id: 'image', name: draft.source === 'recipe' ? 'Recipe' : 'File', content: draft.source === 'recipe' ? <RecipeStep draft={draft} change={change} /> : <FileStep draft={draft} change={change} />, lack: lackOfSource(draft) },
    { id: 'publish', name: 'Publish', content: <PublishStep draft={draft} change={change} />, lack: null },
    { id: 'review', name: 'Review', content: <Review draft={draft} />, lack: null },
  ];
  return <WizardDialog title="Make an image" lead="A golden image, or a further version of one." testId="image-wizard" parts={parts} verb="Make image" busy={make.isPending} error={make.error} onSubmit={() => make.mutate(draft, { onSuccess: onClose })} onClose={onClose} />;
}

const SourceStep = ({ draft, change }: Props) => (
  <FormGroup role="radiogroup" label="Where it comes from">
    {sources.map(([source, label, description]) => <Radio key={source} id={`source-${source}`} data-testid={`source-${source}`} name="source" label={label} description={description} isChecked={draft.source === source} onChange={() => change({ source })} />)}
  </FormGroup>
);

const RecipeStep = ({ draft, change }: Props) => (
  <FormGroup role="radiogroup" label="Recipe">
    {recipes.map(([name, description]) => <Radio key={name} id={`recipe-${name}`} data-testid={`recipe-${name}`} name="recipe" label={name} description={description} isChecked={draft.recipe === name} onChange={() => change({ recipe: name })} />)}
  </FormGroup>
);

const FileStep = ({ draft, change }: Props) => (
  <>
    <TextField id="import-name" label="Image" required value={draft.name} onChange={(name) => change({ name })} help="A new name, or an image to add a version to" />
    <TextField id="import-path" label="File on the server" required value={draft.path} onChange={(path) => change({ path })} help="Absolute path of a qcow2 file of a Linux that has the agent" />
    <NumberField id="import-memory" label="Memory in MiB" value={draft.memoryMib} min={64} max={1_048_576} step={256} onChange={(memoryMib) => change({ memoryMib })} />
    <NumberField id="import-cpus" label="Virtual CPUs" value={draft.cpus} min={1} max={256} onChange={(cpus) => change({ cpus })} />
  </>
);

const PublishStep = ({ draft, change }: Props) => (
  <CheckField
    id="image-publish" label="Publish it once it is made" checked={draft.publish} onChange={(publish) => change({ publish })}
    help="It is booted once and frozen into the warm image that machines are forked from. Without that, machines of it can only be booted; it can be published at any time."
  />
);

const Review = ({ draft }: { draft: ImageDraft }) => (
  <Facts
    testId="image-review"
    facts={[
      ...(draft.source === 'recipe'
        ? [['Recipe', draft.recipe] as const]
        : [['Image', draft.name] as const, ['File', draft.path] as const, ['Memory', `${draft.memoryMib} MiB`] as const, ['Virtual CPUs', `${draft.cpus}`] as const]),
      ['Published', draft.publish ? 'once it is made, if the console is still open then' : 'not now'],
    ]}
  />
);
