import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Link } from 'react-router';
import { captureDesktop, capturePage, isOver, useCaptures } from '../captures/captures';
import { describeCapture } from '../captures/words';
import { OperationProgress } from '../images/OperationProgress';
import { useOperations } from '../images/operations';
import { StateLabel } from '../layout/StateLabel';
import { useRights } from '../login/useRights';

/** How many imports that have ended are still told of. */
const recent = 1;

/** Packages of an application that are being made, and how the last import ended. */
export function Running({ app }: { app: string }) {
  const { may } = useRights();
  const captures = (useCaptures(app).data ?? []).filter((capture) => !isOver(capture));
  const imports = useImports(app);
  if (captures.length + imports.length === 0) return null;
  return (
    <Card data-testid="app-running">
      <CardTitle component="h2">Packages being made</CardTitle>
      <CardBody className="mayfly-stack">
        {captures.map((capture) => (
          <p key={capture.id}>
            <Link to={capturePage(capture.id)}>Version {capture.version}</Link> <StateLabel state={capture.state} /> <span className="mayfly-subtle">{describeCapture(capture)}</span>
            {capture.state === 'Open' && may('ManageApps') && <> <Link to={captureDesktop(capture.id)} data-testid={`capture-open-${capture.version}`}>Go to its desktop</Link></>}
          </p>
        ))}
        {imports.map((operation) => <OperationProgress key={operation.id} initial={operation} />)}
      </CardBody>
    </Card>
  );
}

function useImports(app: string) {
  const { may } = useRights();
  const operations = useOperations(may('ViewHouse')).data ?? [];
  const ofApp = operations.filter(({ kind, target }) => kind === 'import-package' && target.startsWith(`${app}@`)).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  return [...ofApp.filter(({ state }) => state === 'running'), ...ofApp.filter(({ state }) => state !== 'running').slice(0, recent)];
}
