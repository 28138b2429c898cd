import { Card, CardBody, CardHeader, CardTitle, Content, Gallery, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { lazy, Suspense, useState } from 'react';
import { Loaded } from '../layout/Loaded';
import { HistoryTable } from './HistoryTable';
import { useHistory } from './history';
import type { HistoryPoint } from './historyPoints';
import { charts, hasValues } from './series';

const TimeChart = lazy(() => import('./TimeChart'));

const spans = [[60, '1 h'], [360, '6 h'], [1_440, '24 h']] as const;

/** Sessions, forks and memory over time, as charts or as a table; nothing while the server keeps no history. */
export function ChartsCard() {
  const [minutes, setMinutes] = useState<number>(60);
  const [table, setTable] = useState(false);
  const history = useHistory(minutes);
  if (history.data === null) return null;
  const toggles = (
    <div className="mayfly-buttons">
      <ToggleGroup aria-label="Time shown" isCompact>{spans.map(([span, text]) => <ToggleGroupItem key={span} text={text} isSelected={minutes === span} onChange={() => setMinutes(span)} data-testid={`history-${span}`} />)}</ToggleGroup>
      <ToggleGroup aria-label="History shown" isCompact>
        <ToggleGroupItem text="Charts" isSelected={!table} onChange={() => setTable(false)} data-testid="history-charts" />
        <ToggleGroupItem text="Table" isSelected={table} onChange={() => setTable(true)} data-testid="history-table-toggle" />
      </ToggleGroup>
    </div>
  );
  return (
    <Card data-testid="dashboard-history">
      <CardHeader actions={{ actions: toggles, hasNoOffset: true }}><CardTitle component="h2">Over time</CardTitle></CardHeader>
      <CardBody><Loaded query={history} label="history">{(points) => points === null ? null : table ? <HistoryTable points={points} /> : <Charts points={points} />}</Loaded></CardBody>
    </Card>
  );
}

function Charts({ points }: { points: readonly HistoryPoint[] }) {
  const shown = charts.filter((chart) => hasValues(chart, points));
  if (shown.length === 0) return <Content component="p">Nothing was measured in this time.</Content>;
  return (
    <Suspense fallback={<Spinner aria-label="Loading the charts" />}>
      <Gallery hasGutter minWidths={{ default: '20rem' }}>
        {shown.map((chart) => <section key={chart.id} aria-label={chart.title}><h3 className="mayfly-chart__title">{chart.title}</h3><TimeChart chart={chart} points={points} /></section>)}
      </Gallery>
    </Suspense>
  );
}
