import { List, ListItem } from '@patternfly/react-core';
import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { LinesField, TextField } from '../layout/fields';
import { hostCalls, useHostChange } from './hosts';
import { tokenIn } from './words';

/** Makes a host a member of the house, with what it says in its log. */
export function AddHostDialog({ onClose }: { onClose: () => void }) {
  const [pasted, setPasted] = useState('');
  const [name, setName] = useState('');
  const add = useHostChange(hostCalls.add);
  const token = tokenIn(pasted);
  const submit = () => { if (token !== null) add.mutate({ token, name: name.trim() === '' ? null : name.trim() }, { onSuccess: onClose }); };
  return (
    <FormDialog title="Add a host" verb="Add host" testId="host-dialog" busy={add.isPending} error={add.error} valid={token !== null} onSubmit={submit} onClose={onClose}>
      <List component="ol">
        <ListItem>Install Mayfly on the new computer, as on this server.</ListItem>
        <ListItem>Put <code>MAYFLY_ROLE=host</code> into its <code>/etc/mayfly/mayflyd.conf</code>, then <code>systemctl restart mayflyd</code>. This server has to reach its port 8008.</ListItem>
        <ListItem>Its log has a token, good for one house, once: <code>journalctl -u mayflyd</code></ListItem>
      </List>
      <LinesField id="host-token" label="Token" required value={pasted} onChange={setPasted} help={pasted.trim() !== '' && token === null ? 'That is no token of a host: it begins with mayfly-host://' : 'Begins with mayfly-host://; the whole line of the log will do'} />
      <TextField id="host-name" label="Name" value={name} onChange={setName} help="What it calls itself when empty" />
    </FormDialog>
  );
}
