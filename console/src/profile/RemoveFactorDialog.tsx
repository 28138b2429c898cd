import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { TextField } from '../layout/fields';
import { useRemoveFactor } from './profile';

/** Takes the second factor away; only who has it can. */
export function RemoveFactorDialog({ onClose, onRemoved }: { onClose: () => void; onRemoved: () => void }) {
  const remove = useRemoveFactor();
  const [code, setCode] = useState('');
  const clean = code.replaceAll(/\s/g, '');
  return (
    <FormDialog title="Remove the second factor?" verb="Remove" testId="factor-dialog" busy={remove.isPending} error={remove.error} valid={clean !== ''} onSubmit={() => remove.mutate(clean, { onSuccess: onRemoved })} onClose={onClose}>
      <TextField id="factor-remove-code" label="Code" required value={code} onChange={setCode} help="The six digits your app shows now, or a recovery code. From then on your password alone lets you in." />
    </FormDialog>
  );
}
