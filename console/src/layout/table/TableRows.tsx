import { ActionsColumn, InnerScrollContainer, Table, Tbody, Td, Th, Thead, Tr, type IAction } from '@patternfly/react-table';
import { inMain } from '../inMain';
import type { Column } from './columns';
import type { RowSelection } from './DataTable';

interface Props<T> {
  id: string; label: string; rows: readonly T[]; columns: readonly Column<T>[]; rowKey: (row: T) => string; rowTestId?: (row: T) => string;
  rowActions?: ((row: T) => readonly IAction[]) | undefined;
  sort: string | null; descending: boolean; onSort: (key: string, descending: boolean) => void;
  selectionOf: (row: T) => RowSelection; onSelectAll: ((on: boolean) => void) | null;
}

/** To the left of its button, at the table's end: what is long does not reach out of the page. */
const actionsPlace = { ...inMain, position: 'end' } as const;

/** The rows of one page, with heads that sort. */
export function TableRows<T>(props: Props<T>) {
  const { id, label, rows, columns, rowKey, rowTestId, rowActions, selectionOf, onSelectAll } = props;
  return (
    <InnerScrollContainer>
      <Table variant="compact" aria-label={label} data-testid={`${id}-table`}>
        <Thead><Heads {...props} all={onSelectAll !== null && rows.every((row) => selectionOf(row)?.selected === true)} /></Thead>
        <Tbody>
          {rows.map((row, index) => {
            const selection = selectionOf(row);
            const key = rowKey(row);
            const actions = rowActions?.(row) ?? [];
            return (
              <Tr key={key} data-testid={rowTestId?.(row)}>
                {selection && <Td select={{ rowIndex: index, isSelected: selection.selected, onSelect: (_, on) => selection.onSelect(on) }} />}
                {columns.map((column) => (
                  <Td key={column.key} dataLabel={column.title} modifier={column.wrap ? 'breakWord' : 'nowrap'} {...(column.number ? { className: 'mayfly-number' } : {})}>{column.cell(row)}</Td>
                ))}
                {rowActions && <Td isActionCell>{actions.length > 0 && <ActionsColumn items={[...actions]} popperProps={actionsPlace} />}</Td>}
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </InnerScrollContainer>
  );
}

function Heads<T>({ label, columns, rowActions, sort, descending, onSort, onSelectAll, all }: Props<T> & { all: boolean }) {
  const index = columns.findIndex((column) => column.key === sort);
  return (
    <Tr>
      {onSelectAll && <Th aria-label={`Select all on this page: ${label}`} select={{ isSelected: all, onSelect: (_, on) => onSelectAll(on) }} />}
      {columns.map((column, columnIndex) => (
        <Th
          key={column.key} modifier="nowrap" {...(column.number ? { className: 'mayfly-number' } : {})}
          {...(column.sort ? { sort: { columnIndex, sortBy: index < 0 ? {} : { index, direction: descending ? 'desc' : 'asc' }, onSort: (_event, _index, direction) => onSort(column.key, (direction as string) === 'desc') } } : {})}
        >
          {column.title}
        </Th>
      ))}
      {rowActions && <Th screenReaderText="Actions" />}
    </Tr>
  );
}
