import { useState } from 'react';
import { WizardDialog } from '../layout/WizardDialog';
import { useRights } from '../login/useRights';
import { AdvancedFields, Folded } from './AdvancedFields';
import { AttachFields } from './AttachFields';
import { ImageStep } from './ImageStep';
import { emptyDraft, type PoolDraft } from './poolDraft';
import { lackOfImage, lackOfRules, lackOfSize } from './poolSteps';
import { usePools } from './pools';
import { ReviewStep } from './ReviewStep';
import { RuleFields } from './RuleFields';
import { SizeFields } from './SizeFields';
import { nobody, useCreatePoolFor, type Entitled } from './useCreatePoolFor';
import { WhoStep } from './WhoStep';

/** From nothing to a pool that people may use. */
export function PoolWizard({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const [entitled, setEntitled] = useState<Entitled>(nobody);
  const pools = usePools();
  const { may } = useRights();
  const create = useCreatePoolFor();
  const change = (part: Partial<PoolDraft>) => setDraft({ ...draft, ...part });
  // Once it is made, its name is taken by itself.
  const taken = create.made === null ? (pools.data ?? []).map(({ name }) => name) : [];
  const parts = [
    { id: 'image', name: 'Image and kind', content: <ImageStep draft={draft} change={change} />, lack: lackOfImage(draft, taken) },
    { id: 'size', name: 'Size', content: <SizeFields draft={draft} change={change} />, lack: lackOfSize(draft) },
    {
      id: 'rules', name: 'Rules', lack: lackOfRules(draft),
      content: (
        <>
          <RuleFields draft={draft} change={change} assignment={draft.assignment} />
          <Folded title="Programs, errors and kept versions" testId="pool-more"><AdvancedFields draft={draft} change={change} /></Folded>
        </>
      ),
    },
    { id: 'attach', name: 'Apps and volume', content: <AttachFields draft={draft} change={change} assignment={draft.assignment} />, lack: null },
    ...(may('ViewUsers') ? [{ id: 'who', name: 'Who', content: <WhoStep entitled={entitled} onChange={setEntitled} />, lack: null }] : []),
    { id: 'review', name: 'Review', content: <ReviewStep draft={draft} entitled={entitled} />, lack: null },
  ];
  return (
    <WizardDialog
      title="Create pool" lead="Machines of one kind, kept ready to be lent." testId="pool-wizard" parts={parts} verb="Create pool" busy={create.busy} error={create.error}
      onSubmit={() => create.run(draft, entitled, onClose)} onClose={onClose}
    />
  );
}
