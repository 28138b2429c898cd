import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/http';
import type { ImportVolumeRequest, VolumeDetails } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { SelectField, TextField } from '../layout/fields';
import { volumesKey } from './volumes';
import { volumeKinds } from './words';

const nothing: ImportVolumeRequest = { user: '', os: 'debian-13', kind: 'AppsAndProfile', path: '' };

/** Makes a volume of a file that was downloaded from a volume, here or elsewhere. */
export function ImportVolumeDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(nothing);
  const client = useQueryClient();
  const make = useMutation({ mutationFn: (body: ImportVolumeRequest) => call<VolumeDetails>('POST', '/volumes', { body }), onSettled: () => client.invalidateQueries({ queryKey: volumesKey }) });
  const change = (part: Partial<ImportVolumeRequest>) => setDraft({ ...draft, ...part });
  const valid = draft.user.trim() !== '' && draft.os.trim() !== '' && draft.path.startsWith('/');
  return (
    <FormDialog title="Import a volume" verb="Import" testId="volume-import-dialog" busy={make.isPending} error={make.error} valid={valid} onSubmit={() => make.mutate(draft, { onSuccess: onClose })} onClose={onClose}>
      <TextField id="volume-import-user" label="User" required value={draft.user} onChange={(user) => change({ user })} help="Login name of somebody who has none for that system yet" />
      <TextField id="volume-import-os" label="System" required value={draft.os} onChange={(os) => change({ os })} help="As other volumes name it, such as debian-13" />
      <SelectField id="volume-import-kind" label="Keeps" value={draft.kind} choices={volumeKinds} onChange={(kind) => change({ kind })} />
      <TextField id="volume-import-path" label="File on the server" required value={draft.path} onChange={(path) => change({ path })} help="Absolute path of a qcow2 file that was downloaded from a volume" />
    </FormDialog>
  );
}
