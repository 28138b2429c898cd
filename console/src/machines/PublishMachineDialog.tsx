import { Alert } from '@patternfly/react-core';
import { useState } from 'react';
import type { MachineView } from '../api/types';
import { usePublishMachine } from '../images/images';
import { FormDialog } from '../layout/FormDialog';
import { CheckField, TextField } from '../layout/fields';

/** Makes an image of a machine as it runs. */
export function PublishMachineDialog({ machine, onClose }: { machine: MachineView; onClose: () => void }) {
  const [image, setImage] = useState('');
  const [withSession, setWithSession] = useState(false);
  const publish = usePublishMachine();
  const submit = () => publish.mutate({ machine: machine.name, image: image.trim(), withSession }, { onSuccess: onClose });
  return (
    <FormDialog title={`Publish ${machine.name} as an image`} verb="Publish" testId="publish-machine-dialog" busy={publish.isPending} error={publish.error} valid={image.trim() !== ''} onSubmit={submit} onClose={onClose}>
      <TextField id="publish-image" label="Image" required value={image} onChange={setImage} help="Gets a new version, and is made if there is none. The machine goes on after a short pause; the images page shows how far it is" />
      <Alert isInline isPlain variant="warning" title="All that is in the machine is then in every machine of the image: files, programs, passwords in memory." />
      <CheckField id="publish-with-session" label="With the session" checked={withSession} onChange={setWithSession} help="Also if somebody uses the machine or has used it" />
    </FormDialog>
  );
}
