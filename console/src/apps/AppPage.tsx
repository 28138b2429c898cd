import { Breadcrumb, BreadcrumbItem, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ListPage } from '../layout/ListPage';
import { useRights } from '../login/useRights';
import { useApp } from './apps';
import { AppTabs } from './AppTabs';
import { AssignDialog } from './AssignDialog';
import { EditAppDialog } from './EditAppDialog';
import { PackageWizard } from './PackageWizard';
import { Running } from './Running';

type Dialog = 'package' | 'assign' | 'edit';

export default function AppPage() {
  const { app: name = '' } = useParams();
  const app = useApp(name);
  const { may } = useRights();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { data } = app;
  const close = () => setDialog(null);
  const actions = data && may('ManageApps') && (
    <>
      <Button data-testid="package-add" onClick={() => setDialog('package')}>New package</Button>
      <Button variant="secondary" data-testid="app-assign" onClick={() => setDialog('assign')}>Assign</Button>
      <Button variant="secondary" data-testid="app-edit" onClick={() => setDialog('edit')}>Edit</Button>
    </>
  );
  const trail = <Breadcrumb><BreadcrumbItem render={({ className }) => <Link className={className} to="/apps">Apps</Link>} /><BreadcrumbItem isActive>{name}</BreadcrumbItem></Breadcrumb>;
  return (
    <ListPage title={data?.displayName ?? name} {...(data && data.description !== '' ? { lead: data.description } : { lead: `Application ${name}` })} banner={trail} actions={actions} loading={app.isPending} error={app.error}>
      {data && <div className="mayfly-stack"><Running app={name} /><AppTabs app={data} /></div>}
      {data && dialog === 'package' && <PackageWizard app={data} onClose={close} />}
      {data && dialog === 'assign' && <AssignDialog app={data} onClose={close} />}
      {data && dialog === 'edit' && <EditAppDialog app={data} onClose={close} />}
    </ListPage>
  );
}
