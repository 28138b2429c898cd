import { useState } from 'react';
import type { MadeToken } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { NumberField, TextField } from '../layout/fields';
import { useMakeToken } from './profile';

/** Makes a token that ends by itself. */
export function MakeTokenDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeToken) => void }) {
  const make = useMakeToken();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(90);
  return (
    <FormDialog title="Make a token" verb="Make" testId="token-dialog" busy={make.isPending} error={make.error} valid={label.trim() !== ''} onSubmit={() => make.mutate({ label: label.trim(), days }, { onSuccess: onMade })} onClose={onClose}>
      <TextField id="token-label" label="What it is for" required value={label} onChange={setLabel} />
      <NumberField id="token-days" label="Days it is good" value={days} onChange={setDays} min={1} max={3650} />
    </FormDialog>
  );
}
