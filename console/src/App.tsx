import { Bullseye, Button, Spinner } from '@patternfly/react-core';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { adminPages, adminSubpages, seesPage } from './adminPages';
import type { MeView } from './api/types';
import { loadDisplay } from './display/load';
import { AppLayout } from './layout/AppLayout';
import { ProblemAlert } from './layout/ProblemAlert';
import { LoginPage } from './login/LoginPage';
import { mayAnywhere, useMe } from './login/me';
import { SecondFactorDuePage } from './login/SecondFactorDuePage';
import { PortalPage } from './portal/PortalPage';
import { StartPage } from './portal/StartPage';

const OpenPage = lazy(() => loadDisplay().then((display) => ({ default: display.OpenPage })));
const DesktopPage = lazy(() => loadDisplay().then((display) => ({ default: display.DesktopPage })));
const ConsolePage = lazy(() => loadDisplay().then((display) => ({ default: display.ConsolePage })));
const CaptureDesktopPage = lazy(() => loadDisplay().then((display) => ({ default: display.CaptureDesktopPage })));
const ProfilePage = lazy(() => import('./profile/ProfilePage'));

const loading = <Bullseye><Spinner aria-label="Loading" /></Bullseye>;

export function App() {
  const me = useMe();
  if (me.isPending) return loading;
  if (me.error) {
    const again = <Button variant="link" isInline onClick={() => void me.refetch()}>Try again</Button>;
    return <Bullseye><ProblemAlert error={me.error} actions={again} /></Bullseye>;
  }
  // The address stays as it is, so that logging in leads to where the person wanted to go.
  if (me.data === null) return <LoginPage />;
  if (me.data.secondFactorDue) return <SecondFactorDuePage />;
  return <Suspense fallback={loading}><Pages me={me.data} /></Suspense>;
}

function Pages({ me }: { me: MeView }) {
  return (
    <Routes>
      <Route path="/" element={<StartPage me={me} />} />
      <Route path="/open/:pool" element={<OpenPage />} />
      <Route path="/desktop/:sessionId" element={<DesktopPage />} />
      {mayAnywhere(me, 'WatchMachines') && <Route path="/machines/:machine/console" element={<ConsolePage />} />}
      {mayAnywhere(me, 'ManageApps') && <Route path="/captures/:capture/desktop" element={<CaptureDesktopPage />} />}
      <Route element={<AppLayout me={me} />}>
        <Route path="/desktops" element={<PortalPage me={me} />} />
        <Route path="/profile" element={<ProfilePage me={me} />} />
        {[...adminPages, ...adminSubpages].filter((page) => seesPage(me, page)).map(({ path, Page }) => <Route key={path} path={path} element={<Page />} />)}
        <Route path="*" element={<Navigate to="/" replace />} />
      </Route>
    </Routes>
  );
}
