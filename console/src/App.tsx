import { Bullseye, Button, Spinner } from '@patternfly/react-core';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import type { UserView } from './api/types';
import { loadDisplay } from './display/load';
import { AppLayout } from './layout/AppLayout';
import { ProblemAlert } from './layout/ProblemAlert';
import { LoginPage } from './login/LoginPage';
import { useMe } from './login/me';
import { PortalPage } from './portal/PortalPage';

const OpenPage = lazy(() => loadDisplay().then((display) => ({ default: display.OpenPage })));
const DesktopPage = lazy(() => loadDisplay().then((display) => ({ default: display.DesktopPage })));
const ConsolePage = lazy(() => loadDisplay().then((display) => ({ default: display.ConsolePage })));
const DashboardPage = lazy(() => import('./dashboard/DashboardPage'));
const PoolsPage = lazy(() => import('./pools/PoolsPage'));
const PoolPage = lazy(() => import('./pools/PoolPage'));
const MachinesPage = lazy(() => import('./machines/MachinesPage'));
const ImagesPage = lazy(() => import('./images/ImagesPage'));
const UsersPage = lazy(() => import('./users/UsersPage'));
const EventsPage = lazy(() => import('./events/EventsPage'));

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
  return <Suspense fallback={loading}><Pages me={me.data} /></Suspense>;
}

function Pages({ me }: { me: UserView }) {
  return (
    <Routes>
      <Route path="/open/:pool" element={<OpenPage />} />
      <Route path="/desktop/:sessionId" element={<DesktopPage />} />
      {me.administrator && <Route path="/machines/:machine/console" element={<ConsolePage />} />}
      <Route element={<AppLayout me={me} />}>
        <Route path="/" element={<PortalPage me={me} />} />
        {me.administrator && (
          <>
            <Route path="/dashboard" element={<DashboardPage />} />
            <Route path="/pools" element={<PoolsPage />} />
            <Route path="/pools/:pool" element={<PoolPage />} />
            <Route path="/machines" element={<MachinesPage />} />
            <Route path="/images" element={<ImagesPage />} />
            <Route path="/users" element={<UsersPage />} />
            <Route path="/events" element={<EventsPage />} />
          </>
        )}
        <Route path="*" element={<Navigate to="/" replace />} />
      </Route>
    </Routes>
  );
}
