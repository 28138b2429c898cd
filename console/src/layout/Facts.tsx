import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** Terms with their values, one a line. */
export function Facts({ facts, className, testId }: { facts: readonly (readonly [string, ReactNode])[]; className?: string; testId?: string }) {
  return (
    <DescriptionList isHorizontal isCompact className={className} data-testid={testId}>
      {facts.map(([term, value]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>{value}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
