import {
  Bullseye, Masthead, MastheadBrand, MastheadContent, MastheadLogo, MastheadMain, MastheadToggle, Nav, NavItem, NavList, Page,
  PageSidebar, PageSidebarBody, PageToggleButton, SkipToContent, Spinner, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem,
} from '@patternfly/react-core';
import { BarsIcon } from '@patternfly/react-icons';
import { Suspense } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import type { UserView } from '../api/types';
import { Mark } from './Mark';
import { ThemeSwitch } from './ThemeSwitch';
import { UserMenu } from './UserMenu';

const pages = [
  ['/', 'My desktops'], ['/dashboard', 'Dashboard'], ['/pools', 'Pools'], ['/machines', 'Machines'], ['/images', 'Images'],
  ['/users', 'Users'], ['/events', 'Events'],
] as const;

function Sidebar() {
  const { pathname } = useLocation();
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          <NavList>
            {pages.map(([to, label]) => (
              <NavItem key={to} isActive={to === '/' ? pathname === '/' : pathname.startsWith(to)}>
                <Link to={to} data-testid={`nav-${to.slice(1) || 'portal'}`}>{label}</Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

function Header({ me }: { me: UserView }) {
  return (
    <Masthead>
      <MastheadMain>
        {me.administrator && (
          <MastheadToggle><PageToggleButton variant="plain" aria-label="Show or hide the pages"><BarsIcon /></PageToggleButton></MastheadToggle>
        )}
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/" />}>
            <span className="mayfly-brand"><Mark /><span>Mayfly</span></span>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent alignItems="center">
            <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapMd' }}>
              <ToolbarItem><ThemeSwitch /></ToolbarItem>
              <ToolbarItem><UserMenu me={me} /></ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

/** Masthead and, for administrators, the sidebar; the page goes inside. */
export function AppLayout({ me }: { me: UserView }) {
  return (
    <Page
      masthead={<Header me={me} />} sidebar={me.administrator ? <Sidebar /> : null} isManagedSidebar={me.administrator} mainContainerId="main"
      skipToContent={<SkipToContent href="#main">Skip to content</SkipToContent>}
    >
      <Suspense fallback={<Bullseye><Spinner aria-label="Loading" /></Bullseye>}><Outlet /></Suspense>
    </Page>
  );
}
