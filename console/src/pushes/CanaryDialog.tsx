import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { PoolView } from '../api/types';
import { useImages } from '../images/images';
import { FormDialog } from '../layout/FormDialog';
import { SelectField } from '../layout/fields';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useMachines } from '../machines/machines';
import { FreshDisks } from './FreshDisks';
import { useSetCanary } from './pushes';
import { versionChoices } from './versionChoices';
import './pushes.css';

/** Chooses a second version and the machines that get it. */
export function CanaryDialog({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const [version, setVersion] = useState(pool.canary?.version ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(pool.canary?.machines ?? []);
  const images = useImages();
  const machines = useMachines();
  const set = useSetCanary(pool.name);
  const choices = [{ value: '', label: 'Choose a published version', disabled: true }, ...versionChoices(pool, images.data ?? [], true)];
  const choose = (name: string, on: boolean) => setChosen(on ? [...chosen, name] : chosen.filter((other) => other !== name));
  return (
    <FormDialog title={`Canary in ${pool.name}`} verb="Set canary" testId="canary-dialog" busy={set.isPending} error={set.error} valid={version !== '' && chosen.length > 0} onSubmit={() => set.mutate({ version, machines: [...chosen] }, { onSuccess: onClose })} onClose={onClose}>
      {(images.error ?? machines.error) && <ProblemAlert error={images.error ?? machines.error} />}
      <FreshDisks pool={pool} />
      <SelectField id="canary-version" label="Version" required value={version} choices={choices} onChange={setVersion} />
      <FormGroup role="group" label="Machines that get it" isRequired fieldId="canary-machines">
        <div id="canary-machines" className="mayfly-choices">
          {(machines.data ?? []).filter((machine) => machine.pool === pool.name).map(({ name, user }) => (
            <Checkbox key={name} id={`canary-${name}`} data-testid={`canary-${name}`} label={user === null ? name : `${name}, in use by ${user}: when they log off`} isChecked={chosen.includes(name)} onChange={(_, on) => choose(name, on)} />
          ))}
        </div>
      </FormGroup>
    </FormDialog>
  );
}
