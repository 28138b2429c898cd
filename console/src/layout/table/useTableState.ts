import { useSearchParams } from 'react-router';
import { readState, writeState, type TableState } from './tableState';

/** The state of a table in the address. What is shown begins at its first page whenever it changes. */
export function useTableState(prefix: string, filters: readonly string[]): [TableState, (part: Partial<TableState>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<TableState>) =>
    setParams((now) => writeState(now, prefix, { ...readState(now, prefix, filters), page: 1, ...part }), { replace: true });
  return [readState(params, prefix, filters), change];
}
