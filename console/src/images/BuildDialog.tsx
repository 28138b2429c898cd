import { FormGroup, Radio } from '@patternfly/react-core';
import { useState } from 'react';
import { FormDialog } from '../layout/FormDialog';
import { useBuildImage } from './images';

const recipes = [
  ['xfce', 'Debian 13 with XFCE, a browser, terminal, file manager and editor. Takes minutes.'],
  ['micro', 'A Debian kernel and a tiny memory disk with the agent, for tests. Takes seconds.'],
] as const;

export function BuildDialog({ onClose }: { onClose: () => void }) {
  const [recipe, setRecipe] = useState<string>('xfce');
  const build = useBuildImage();
  return (
    <FormDialog title="Build an image" verb="Build" testId="build-dialog" busy={build.isPending} error={build.error} valid onSubmit={() => build.mutate({ recipe }, { onSuccess: onClose })} onClose={onClose}>
      <FormGroup role="radiogroup" label="Recipe">
        {recipes.map(([name, description]) => (
          <Radio key={name} id={`recipe-${name}`} data-testid={`recipe-${name}`} name="recipe" label={name} description={description} isChecked={recipe === name} onChange={() => setRecipe(name)} />
        ))}
      </FormGroup>
    </FormDialog>
  );
}
