import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Loaded } from '../layout/Loaded';
import { DataTable } from '../layout/table/DataTable';
import { useRights } from '../login/useRights';
import { useVolumeMenu } from '../volumes/useVolumeMenu';
import { volumeColumns } from '../volumes/volumeColumns';
import { useVolumes } from '../volumes/volumes';

/** The writable volumes of a person, with all that helps them: most often, going back to an earlier state. */
export function PersonVolumes({ user }: { user: string }) {
  const { may } = useRights();
  const sees = may('ViewVolumes');
  const volumes = useVolumes(user, sees);
  const menu = useVolumeMenu();
  if (!sees) return null;
  return (
    <Card data-testid="person-volumes">
      <CardTitle component="h2">Volumes</CardTitle>
      <CardBody>
        <Loaded query={volumes} label="volumes">
          {(rows) => rows.length === 0 ? <p className="mayfly-subtle">None. One is made when they first open a desktop of a pool that has writable volumes.</p> : (
            <DataTable
              plain id="volumes" label="Volumes" rows={rows} prefix="w." columns={volumeColumns.filter(({ key }) => key !== 'user')} rowKey={({ id }) => id} rowTestId={({ os }) => `volume-${os}`}
              rowActions={may('ManageVolumes') ? menu.rowActions : undefined} empty={{ title: 'No volumes' }}
            />
          )}
        </Loaded>
        {menu.dialog}
      </CardBody>
    </Card>
  );
}
