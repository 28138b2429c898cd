import { PageSection, Title } from '@patternfly/react-core';
import type { MeView } from '../api/types';
import { useTitle } from '../layout/useTitle';
import { AccountSection } from './AccountSection';
import { FactorSection } from './FactorSection';
import { HistorySection } from './HistorySection';
import { SettingsSection } from './SettingsSection';
import { SignInsSection } from './SignInsSection';
import { TokensSection } from './TokensSection';
import './profile.css';

/** What everybody sees and changes of their own account. */
export default function ProfilePage({ me }: { me: MeView }) {
  useTitle('Profile');
  return (
    <>
      <PageSection><Title headingLevel="h1" data-testid="page-title">Profile</Title></PageSection>
      <PageSection isFilled>
        <div className="mayfly-profile">
          <AccountSection me={me} />
          {me.source !== 'host' && <FactorSection me={me} />}
          <SettingsSection />
          <SignInsSection />
          <TokensSection />
          <HistorySection />
        </div>
      </PageSection>
    </>
  );
}
