import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Link } from 'react-router';
import { appPage, useApp, useSetCurrent } from '../apps/apps';
import { PrivilegedFiles } from '../apps/PrivilegedFiles';
import { Programs } from '../apps/Programs';
import { Facts } from '../layout/Facts';
import { formatBytes } from '../layout/format';
import { Loaded } from '../layout/Loaded';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';

/** What was found in a package that has just been made, and what to do with it next. */
export function MadePackage({ app, version }: { app: string; version: string }) {
  const { may } = useRights();
  const setCurrent = useSetCurrent(app);
  return (
    <Card data-testid="made-package">
      <CardTitle component="h2">What is in it</CardTitle>
      <CardBody>
        <Loaded query={useApp(app)} label="the package">
          {({ packages, current }) => {
            const made = packages.find((each) => each.version === version);
            if (made === undefined) return <p className="mayfly-subtle">It has been removed since.</p>;
            return (
              <div className="mayfly-stack">
                {setCurrent.error && <ProblemAlert error={setCurrent.error} />}
                <Facts
                  facts={[
                    ['Programs', <Programs key="p" app={app} version={version} programs={made.programs} />], ['Files that give rights', <PrivilegedFiles key="r" version={version} files={made.privilegedFiles} />],
                    ['Made for', made.os ?? 'an unknown system'], ['Size', `${formatBytes(made.bytes)}, ${formatBytes(made.contentBytes)} unpacked`],
                  ]}
                />
                <div className="mayfly-buttons">
                  {may('ManageApps') && current !== version && <Button data-testid="make-current" isLoading={setCurrent.isPending} isDisabled={setCurrent.isPending} onClick={() => setCurrent.mutate(version)}>Make it current</Button>}
                  <Link className="pf-v6-c-button pf-m-secondary" to={`${appPage(app)}?tab=assignments`}>Say who gets it</Link>
                  {current === version && <p className="mayfly-subtle">It is the current version.</p>}
                </div>
              </div>
            );
          }}
        </Loaded>
      </CardBody>
    </Card>
  );
}
