import { Bullseye, Flex, FlexItem, PageSection, Spinner, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useChanges } from '../api/live';
import { ProblemAlert } from './ProblemAlert';
import { useTitle } from './useTitle';

interface Props {
  title: string; lead?: string; actions?: ReactNode; banner?: ReactNode;
  loading: boolean; error: unknown; children: ReactNode;
}

/** The frame of an administrator's page: title, actions, and its content once loaded. */
export function ListPage({ title, lead, actions, banner, loading, error, children }: Props) {
  useTitle(title);
  useChanges();
  return (
    <>
      <PageSection>
        <Flex flexWrap={{ default: 'wrap', lg: 'nowrap' }} alignItems={{ default: 'alignItemsCenter' }}>
          <FlexItem grow={{ default: 'grow' }}>
            <Title headingLevel="h1" data-testid="page-title">{title}</Title>
            {lead && <p className="mayfly-subtle">{lead}</p>}
          </FlexItem>
          {actions && <Flex flexWrap={{ default: 'nowrap' }}>{actions}</Flex>}
        </Flex>
        {banner && <div className="mayfly-banner">{banner}</div>}
      </PageSection>
      <PageSection isFilled>
        {error !== null && <ProblemAlert error={error} />}
        {loading && error === null && <Bullseye><Spinner aria-label={`Loading ${title}`} /></Bullseye>}
        {!loading && children}
      </PageSection>
    </>
  );
}
