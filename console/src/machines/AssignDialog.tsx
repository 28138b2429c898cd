import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { SelectField } from '../layout/fields';
import { useUsers } from '../users/users';
import { useAssignMachine } from './machines';

export function AssignDialog({ machine, onClose }: { machine: string; onClose: () => void }) {
  const [user, setUser] = useState('');
  const users = useUsers();
  const assign = useAssignMachine();
  const choices = (users.data ?? []).map(({ name, displayName }) => ({ value: name, label: `${displayName} (${name})` }));
  return (
    <FormDialog title={`Assign ${machine}`} verb="Assign" testId="assign-dialog" busy={assign.isPending} error={assign.error ?? users.error} valid={user !== ''} onSubmit={() => assign.mutate({ machine, user }, { onSuccess: onClose })} onClose={onClose}>
      <SelectField id="assign-user" label="Owner" required value={user} choices={[{ value: '', label: 'Choose a user', disabled: true }, ...choices]} onChange={setUser} help="Gets this machine, and no other of its pool" />
    </FormDialog>
  );
}
