import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from '@patternfly/react-core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { TextField } from '../layout/fields';
import { FormDialog } from '../layout/FormDialog';

/** What a file says, under which name. */
export interface NamedFile { name: string; yaml: string }

interface Props {
  /** Begins the ids of what is in it. */
  id: string;
  title: string;
  /** The file, or null for a new one. */
  file: NamedFile | null;
  /** What a new one begins with. */
  first: string;
  help: string;
  readOnly?: boolean;
  save: UseMutationResult<unknown, Error, NamedFile>;
  onClose: () => void;
}

/** A file that people write, to read, to change or to begin. */
export function FileDialog({ id, title, file, first, help, readOnly = false, save, onClose }: Props) {
  const [name, setName] = useState(file?.name ?? '');
  const [yaml, setYaml] = useState(file?.yaml ?? first);
  return (
    <FormDialog
      wide testId={id} title={title} verb="Save" busy={save.isPending} valid={!readOnly && name.trim() !== '' && yaml.trim() !== ''} error={save.error}
      onSubmit={() => save.mutate({ name: name.trim(), yaml }, { onSuccess: onClose })} onClose={onClose}
    >
      {file === null && <TextField id={`${id}-name`} label="Name" required value={name} onChange={setName} help="1 to 63 of a-z, 0-9 and '-'" />}
      <FormGroup label="File" fieldId={`${id}-yaml`}>
        <TextArea id={`${id}-yaml`} data-testid={`${id}-yaml`} className="mayfly-code" value={yaml} rows={14} readOnlyVariant={readOnly ? 'default' : undefined} onChange={(_, next) => setYaml(next)} />
        <FormHelperText><HelperText><HelperTextItem>{help}</HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
    </FormDialog>
  );
}
