import { useState } from 'react';
import type { MadeToken, MakeTokenRequest } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { NumberField, SelectField, TextField, CheckField } from '../layout/fields';
import { useMe } from '../login/me';
import { useMakeToken } from './tokens';
import { useUsers } from './users';

const longestDays = 3_650;

export function MakeTokenDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeToken) => void }) {
  const me = useMe();
  const users = useUsers();
  const make = useMakeToken();
  const [label, setLabel] = useState('');
  const [user, setUser] = useState('');
  const [ends, setEnds] = useState(true);
  const [days, setDays] = useState(90);
  const submit = () => {
    const request: MakeTokenRequest = { label: label.trim() };
    if (user !== '') request.user = user;
    if (ends) request.days = days;
    make.mutate(request, { onSuccess: onMade });
  };
  const others = (users.data ?? []).filter(({ name }) => name !== me.data?.name).map(({ name, displayName }) => ({ value: name, label: `${displayName} (${name})` }));
  return (
    <FormDialog title="Make an API token" verb="Make" testId="token-dialog" busy={make.isPending} error={make.error} valid={label.trim() !== ''} onSubmit={submit} onClose={onClose}>
      <TextField id="token-label" label="For" required value={label} onChange={setLabel} help="What it is for, so that it can be told from others" />
      <SelectField id="token-user" label="Stands for" value={user} choices={[{ value: '', label: 'Yourself' }, ...others]} onChange={setUser} help="It may all that this user may" />
      <CheckField id="token-ends" label="It ends" checked={ends} onChange={setEnds} />
      {ends && <NumberField id="token-days" label="After so many days" value={days} min={1} max={longestDays} onChange={setDays} />}
    </FormDialog>
  );
}
