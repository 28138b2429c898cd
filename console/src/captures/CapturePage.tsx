import { Alert, Breadcrumb, BreadcrumbItem, Card, CardBody, CardTitle, ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { Link, useParams } from 'react-router';
import { problemFromFault } from '../api/problem';
import type { CaptureView } from '../api/types';
import { appPage } from '../apps/apps';
import { ListPage } from '../layout/ListPage';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';
import { CaptureActions } from './CaptureActions';
import { isOver, useCapture, useFinishCapture } from './captures';
import { MadePackage } from './MadePackage';
import { captureStep, captureSteps, describeCapture } from './words';

/** How a package comes to be, and what it has become. */
export default function CapturePage() {
  const { capture: id = '' } = useParams();
  const capture = useCapture(id);
  const finish = useFinishCapture();
  const { may } = useRights();
  const { data } = capture;
  return (
    <ListPage
      title={data ? `Version ${data.version} of ${data.app}` : 'Capture'} {...(data ? { lead: `Installed on a machine of its own, forked from ${data.image}${data.base === null ? '' : `, with version ${data.base} beneath`}.` } : {})}
      banner={data && <Trail capture={data} />} actions={data && !isOver(data) && may('ManageApps') && <CaptureActions capture={data} finish={finish} />} loading={capture.isPending} error={capture.error}
    >
      {finish.error && <ProblemAlert error={finish.error} />}
      {data && <Progress capture={data} />}
    </ListPage>
  );
}

const Trail = ({ capture: { app, version } }: { capture: CaptureView }) => (
  <Breadcrumb>
    <BreadcrumbItem render={({ className }) => <Link className={className} to="/apps">Apps</Link>} />
    <BreadcrumbItem render={({ className }) => <Link className={className} to={appPage(app)}>{app}</Link>} />
    <BreadcrumbItem isActive>{version}</BreadcrumbItem>
  </Breadcrumb>
);

function Progress({ capture }: { capture: CaptureView }) {
  const { state, fault, app, version } = capture;
  if (state === 'Failed') {
    const actions = <Link to={appPage(app)}>Back to {app}, to try again</Link>;
    return fault === null
      ? <Alert isInline component="p" variant="danger" title="There is no package" actionLinks={actions} data-testid="capture-failed" />
      : <ProblemAlert error={problemFromFault(fault)} testId="capture-failed" actions={actions} />;
  }
  if (state === 'Cancelled') return <Alert isInline component="p" variant="info" title="It was given up: there is no package" actionLinks={<Link to={appPage(app)}>Back to {app}</Link>} data-testid="capture-cancelled" />;
  const current = captureStep(state);
  return (
    <div className="mayfly-stack">
      <Card>
        <CardTitle component="h2">{state === 'Done' ? 'Done' : 'Progress'}</CardTitle>
        <CardBody className="mayfly-stack">
          <ProgressStepper aria-label="Steps to the package" data-testid="capture-steps" data-state={state}>
            {captureSteps.map((step, index) => {
              const variant = index < current ? 'success' : index === current ? 'info' : 'pending';
              return <ProgressStep key={step} id={`capture-step-${index}`} titleId={`capture-step-title-${index}`} variant={variant} isCurrent={index === current} aria-label={`${step}: ${variant}`}>{step}</ProgressStep>;
            })}
          </ProgressStepper>
          <p role="status" data-testid="capture-step">{describeCapture(capture)}</p>
        </CardBody>
      </Card>
      {state === 'Done' && <MadePackage app={app} version={version} />}
    </div>
  );
}
