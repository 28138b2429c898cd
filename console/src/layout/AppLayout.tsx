import {
  Bullseye, Masthead, MastheadBrand, MastheadContent, MastheadLogo, MastheadMain, MastheadToggle, Nav, NavItem, NavList, Page,
  PageSidebar, PageSidebarBody, PageToggleButton, SkipToContent, Spinner, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem,
} from '@patternfly/react-core';
import { BarsIcon } from '@patternfly/react-icons';
import { Suspense } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { adminPages, seesPage } from '../adminPages';
import type { MeView } from '../api/types';
import { Mark } from './Mark';
import { ThemeSwitch } from './ThemeSwitch';
import { UserMenu } from './UserMenu';

/** Each page in the sidebar; everybody has the first. */
const pagesOf = (me: MeView): (readonly [path: string, label: string])[] =>
  [['/desktops', 'My desktops'], ...adminPages.filter((page) => seesPage(me, page)).map(({ path, label }) => [path, label] as const)];

function Sidebar({ me }: { me: MeView }) {
  const { pathname } = useLocation();
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          <NavList>
            {pagesOf(me).map(([to, label]) => (
              <NavItem key={to} isActive={pathname.startsWith(to)}>
                <Link to={to} data-testid={`nav-${to === '/desktops' ? 'portal' : to.slice(1)}`}>{label}</Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

function Header({ me }: { me: MeView }) {
  return (
    <Masthead>
      <MastheadMain>
        {me.permissions.length > 0 && (
          <MastheadToggle><PageToggleButton variant="plain" aria-label="Show or hide the pages"><BarsIcon /></PageToggleButton></MastheadToggle>
        )}
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/desktops" />}>
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
export function AppLayout({ me }: { me: MeView }) {
  const administers = me.permissions.length > 0;
  return (
    <Page
      masthead={<Header me={me} />} sidebar={administers ? <Sidebar me={me} /> : null} isManagedSidebar={administers} mainContainerId="main"
      skipToContent={<SkipToContent href="#main">Skip to content</SkipToContent>}
    >
      <Suspense fallback={<Bullseye><Spinner aria-label="Loading" /></Bullseye>}><Outlet /></Suspense>
    </Page>
  );
}
