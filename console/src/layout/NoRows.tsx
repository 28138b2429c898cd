import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { CubesIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';

export function NoRows({ title, children }: { title: string; children?: ReactNode }) {
  return <EmptyState titleText={title} headingLevel="h2" icon={CubesIcon} data-testid="no-rows"><EmptyStateBody>{children}</EmptyStateBody></EmptyState>;
}
