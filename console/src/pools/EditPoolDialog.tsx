import { useState } from 'react';
import type { PoolView } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { AdvancedFields, Folded } from './AdvancedFields';
import { AttachFields } from './AttachFields';
import { areComplete, draftOf, toSettings, type SettingsDraft } from './poolDraft';
import { useSetPool } from './pools';
import { RuleFields } from './RuleFields';
import { SizeFields } from './SizeFields';

export function EditPoolDialog({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(pool));
  const set = useSetPool(pool.name);
  const change = (part: Partial<SettingsDraft>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog title={`Settings of ${pool.name}`} verb="Save" testId="pool-settings-dialog" wide busy={set.isPending} error={set.error} valid={areComplete(draft)} onSubmit={() => set.mutate(toSettings(draft), { onSuccess: onClose })} onClose={onClose}>
      <TextField id="pool-display-name" label="Shown as" value={draft.displayName} onChange={(displayName) => change({ displayName })} help="What users read on the card; the name when empty" />
      <SizeFields draft={draft} change={change} />
      <Folded title="Rules for users and sessions" testId="pool-rules"><RuleFields draft={draft} change={change} assignment={pool.assignment} /></Folded>
      <Folded title="Applications and writable volume" testId="pool-attach"><AttachFields draft={draft} change={change} assignment={pool.assignment} /></Folded>
      <Folded title="Programs, errors and kept versions" testId="pool-more"><AdvancedFields draft={draft} change={change} /></Folded>
    </FormDialog>
  );
}
