import { Bullseye, Spinner } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props<T> { query: { data: T | undefined; error: Error | null }; label: string; children: (data: T) => ReactNode }

/** What a query brought, or why it brought nothing; what came before an error stays to see. */
export function Loaded<T>({ query, label, children }: Props<T>) {
  return (
    <>
      {query.error && <ProblemAlert error={query.error} />}
      {query.data === undefined && !query.error && <Bullseye><Spinner aria-label={`Loading ${label}`} /></Bullseye>}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
