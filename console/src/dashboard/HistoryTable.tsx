import { formatDateTime } from '../layout/format';
import type { Column } from '../layout/table/columns';
import { DataTable } from '../layout/table/DataTable';
import type { HistoryPoint } from './historyPoints';
import { charts } from './series';

const columns: Column<HistoryPoint>[] = [
  { key: 'time', title: 'Time', sort: ({ at }) => at.getTime(), cell: ({ at }) => formatDateTime(at.toISOString()) },
  ...charts.flatMap(({ id, title, series, format }) => series.map(({ name, metric }): Column<HistoryPoint> => ({
    key: `${id}-${name}`, title: `${title}: ${name.toLowerCase()}`, number: true, sort: ({ values }) => values[metric] ?? null, cell: ({ values }) => { const value = values[metric]; return value === undefined ? '' : format(value); },
  }))),
];

/** The same as the charts show, in numbers, newest first. */
export const HistoryTable = ({ points }: { points: readonly HistoryPoint[] }) =>
  <div className="mayfly-scroll"><DataTable id="history" label="History" prefix="h." rows={points.toReversed()} columns={columns} rowKey={({ at }) => `${at.getTime()}`} empty={{ title: 'Nothing was measured in this time' }} /></div>;
