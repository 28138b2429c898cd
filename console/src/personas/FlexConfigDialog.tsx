import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from '@patternfly/react-core';
import { useState } from 'react';
import { call } from '../api/http';
import type { FlexConfigView } from '../api/types';
import { TextField } from '../layout/fields';
import { FormDialog } from '../layout/FormDialog';
import { configPath, useFlexConfigChange } from './personas';

const first = 'displayName: \ninclude: [.config/program]\nexclude: []\nxfconf: []\n';

/** The file of a Flex config, to read, to change or to write. */
export function FlexConfigDialog({ config, readOnly, onClose }: { config: FlexConfigView | null; readOnly: boolean; onClose: () => void }) {
  const [name, setName] = useState(config?.name ?? '');
  const [yaml, setYaml] = useState(config?.yaml ?? first);
  const save = useFlexConfigChange(() => call('PUT', configPath(name.trim()), { body: { yaml } }));
  return (
    <FormDialog
      wide testId="flex-config" title={config?.displayName ?? 'A new Flex config'} verb="Save" busy={save.isPending} valid={!readOnly && name.trim() !== '' && yaml.trim() !== ''} error={save.error}
      onSubmit={() => save.mutate(undefined, { onSuccess: onClose })} onClose={onClose}
    >
      {config === null && <TextField id="flex-config-name" label="Name" required value={name} onChange={setName} help="1 to 63 of a-z, 0-9 and '-'" />}
      <FormGroup label="File" fieldId="flex-config-yaml">
        <TextArea id="flex-config-yaml" data-testid="flex-config-yaml" className="mayfly-code" value={yaml} rows={10} readOnlyVariant={readOnly ? 'default' : undefined} onChange={(_, next) => setYaml(next)} />
        <FormHelperText><HelperText><HelperTextItem>
          include: paths in the home, * and ? for any characters of one name. exclude: patterns of tar. xfconf: channels of Xfce&apos;s settings. enabled: false keeps nothing of it.
        </HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
    </FormDialog>
  );
}
