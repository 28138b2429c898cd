import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Loaded } from '../layout/Loaded';
import { useRights } from '../login/useRights';
import { PersonaParts } from '../personas/PersonaParts';
import { usePersona } from '../personas/personas';

/** What is kept of the settings of a person, each part to be taken back by itself. */
export function PersonPersona({ user }: { user: string }) {
  const { may } = useRights();
  const sees = may('ViewPersonas');
  const persona = usePersona(user, sees);
  if (!sees) return null;
  return (
    <Card data-testid="person-persona">
      <CardTitle component="h2">Kept settings</CardTitle>
      <CardBody>
        <Loaded query={persona} label="settings">
          {(details) => details.parts.length === 0 ? <p className="mayfly-subtle">None. They are saved when they log off from a pool whose settings follow users.</p>
            : <PersonaParts details={details} user={user} manages={may('ManagePersonas')} />}
        </Loaded>
      </CardBody>
    </Card>
  );
}
