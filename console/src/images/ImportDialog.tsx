import { useState } from 'react';
import type { ImportImageRequest } from '../api/types';
import { FormDialog } from '../layout/FormDialog';
import { NumberField, TextField } from '../layout/fields';
import { useImportImage } from './images';

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<ImportImageRequest>({ name: '', path: '', memoryMib: 2048, cpus: 1 });
  const importing = useImportImage();
  const change = (part: Partial<ImportImageRequest>) => setDraft({ ...draft, ...part });
  return (
    <FormDialog title="Import an image" verb="Import" testId="import-dialog" busy={importing.isPending} error={importing.error} valid={draft.name !== '' && draft.path.startsWith('/')} onSubmit={() => importing.mutate(draft, { onSuccess: onClose })} onClose={onClose}>
      <TextField id="import-name" label="Image" required value={draft.name} onChange={(name) => change({ name })} help="A new name, or an image to add a version to" />
      <TextField id="import-path" label="File on the server" required value={draft.path} onChange={(path) => change({ path })} help="Absolute path of a qcow2 file of a Linux that has the agent" />
      <NumberField id="import-memory" label="Memory in MiB" value={draft.memoryMib} min={64} max={1_048_576} step={256} onChange={(memoryMib) => change({ memoryMib })} />
      <NumberField id="import-cpus" label="Virtual CPUs" value={draft.cpus} min={1} max={256} onChange={(cpus) => change({ cpus })} />
    </FormDialog>
  );
}
