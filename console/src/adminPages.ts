import { lazy, type ComponentType } from 'react';
import type { MeView, Permission } from './api/types';
import { may, mayAnywhere } from './login/me';

/** A page of the administrators: its address, its name in the sidebar, what shows it, and the page itself, fetched when first needed. */
export interface AdminPage {
  path: string; label: string; permission: Permission; Page: ComponentType;
  /** Set when the permission for some pools does not show the page. */
  wholeHouse?: true;
}

/** Whether somebody gets to see a page. */
export const seesPage = (me: MeView, { permission, wholeHouse }: Pick<AdminPage, 'permission' | 'wholeHouse'>): boolean =>
  wholeHouse ? may(me, permission) : mayAnywhere(me, permission);

export const adminPages: readonly AdminPage[] = [
  { path: '/dashboard', label: 'Dashboard', permission: 'ViewHouse', Page: lazy(() => import('./dashboard/DashboardPage')) },
  { path: '/helpdesk', label: 'Help desk', permission: 'ViewUsers', Page: lazy(() => import('./helpdesk/HelpDeskPage')) },
  { path: '/pools', label: 'Pools', permission: 'ViewPools', Page: lazy(() => import('./pools/PoolsPage')) },
  { path: '/machines', label: 'Machines', permission: 'ViewMachines', Page: lazy(() => import('./machines/MachinesPage')) },
  { path: '/sessions', label: 'Sessions', permission: 'ViewSessions', Page: lazy(() => import('./sessions/SessionsPage')) },
  { path: '/images', label: 'Images', permission: 'ViewImages', Page: lazy(() => import('./images/ImagesPage')) },
  { path: '/apps', label: 'Apps', permission: 'ViewApps', Page: lazy(() => import('./apps/AppsPage')) },
  { path: '/workspaces', label: 'Workspaces', permission: 'ViewApps', Page: lazy(() => import('./workspaces/WorkspacesPage')) },
  { path: '/personas', label: 'Personas', permission: 'ViewPersonas', Page: lazy(() => import('./personas/PersonasPage')) },
  { path: '/users', label: 'Users & access', permission: 'ViewUsers', wholeHouse: true, Page: lazy(() => import('./users/UsersPage')) },
  { path: '/volumes', label: 'Volumes', permission: 'ViewVolumes', Page: lazy(() => import('./volumes/VolumesPage')) },
  { path: '/hosts', label: 'Hosts', permission: 'ViewHouse', Page: lazy(() => import('./hosts/HostsPage')) },
  { path: '/events', label: 'Events', permission: 'ViewEvents', Page: lazy(() => import('./events/EventsPage')) },
  { path: '/settings', label: 'Settings', permission: 'ViewHouse', Page: lazy(() => import('./settings/SettingsPage')) },
];

/** Pages below those, which the sidebar does not name. */
export const adminSubpages: readonly Omit<AdminPage, 'label'>[] = [
  { path: '/pools/:pool', permission: 'ViewPools', Page: lazy(() => import('./pools/PoolPage')) },
  { path: '/hosts/:host', permission: 'ViewHouse', Page: lazy(() => import('./hosts/HostPage')) },
  { path: '/apps/:app', permission: 'ViewApps', Page: lazy(() => import('./apps/AppPage')) },
  { path: '/captures/:capture', permission: 'ViewApps', Page: lazy(() => import('./captures/CapturePage')) },
  { path: '/helpdesk/:user', permission: 'ViewUsers', Page: lazy(() => import('./helpdesk/PersonPage')) },
];
