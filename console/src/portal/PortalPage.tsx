import { Alert, AlertActionCloseButton, Bullseye, EmptyState, EmptyStateBody, Gallery, PageSection, Spinner, Title } from '@patternfly/react-core';
import { DesktopIcon } from '@patternfly/react-icons';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { MeView } from '../api/types';
import { loadDisplay } from '../display/load';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useTitle } from '../layout/useTitle';
import { may } from '../login/me';
import { DesktopCardView } from './DesktopCardView';
import { useDesktops } from './desktops';
import { useNotice } from './notice';
import './portal.css';

export function PortalPage({ me }: { me: MeView }) {
  useTitle('My desktops');
  const desktops = useDesktops();
  const [notice, clearNotice] = useNotice();
  // The display code is fetched while the person looks at the cards, so that a click finds it ready; it is large, and never delays them.
  const looking = desktops.data !== undefined;
  useEffect(() => { if (looking) void loadDisplay(); }, [looking]);
  return (
    <>
      <PageSection>
        <Title headingLevel="h1" data-testid="page-title">My desktops</Title>
        {notice && (
          <Alert isInline component="p" variant={notice.tone} title={notice.text} className="mayfly-notice" data-testid="portal-notice" actionClose={<AlertActionCloseButton aria-label="Close" onClose={clearNotice} />} />
        )}
        {desktops.error && <ProblemAlert error={desktops.error} />}
      </PageSection>
      <PageSection isFilled>
        {desktops.isLoading && <Bullseye><Spinner aria-label="Loading your desktops" /></Bullseye>}
        {desktops.data?.length === 0 && <NoDesktops mayMake={may(me, 'ManagePools')} />}
        <Gallery hasGutter minWidths={{ default: '18rem' }} maxWidths={{ default: '22rem' }} data-testid="desktop-cards">
          {desktops.data?.map((card) => <DesktopCardView key={card.pool} card={card} />)}
        </Gallery>
      </PageSection>
    </>
  );
}

function NoDesktops({ mayMake }: { mayMake: boolean }) {
  return (
    <EmptyState titleText="No desktops for you yet" headingLevel="h2" icon={DesktopIcon} data-testid="no-desktops">
      <EmptyStateBody>
        {mayMake
          ? <>Make a pool, then add yourself to its entitlements. <Link to="/pools">Go to the pools</Link></>
          : 'Ask your administrator to entitle you to a pool. It will appear here by itself.'}
      </EmptyStateBody>
    </EmptyState>
  );
}
