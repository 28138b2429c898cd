import { EmptyState, EmptyStateBody, List, ListItem } from '@patternfly/react-core';
import type { ComponentType } from 'react';
import { ListPage } from './ListPage';

/** A page whose content comes with a later version: it says what it will hold. */
export function ComingPage({ title, lead, icon, will }: { title: string; lead: string; icon: ComponentType; will: readonly string[] }) {
  return (
    <ListPage title={title} lead={lead} loading={false} error={null}>
      <EmptyState titleText="Not in this version" headingLevel="h2" icon={icon} data-testid="coming">
        <EmptyStateBody>
          <p>Nothing can be set here yet. This page will hold:</p>
          <List className="mayfly-coming">{will.map((text) => <ListItem key={text}>{text}</ListItem>)}</List>
        </EmptyStateBody>
      </EmptyState>
    </ListPage>
  );
}
