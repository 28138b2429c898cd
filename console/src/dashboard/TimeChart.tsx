import { Chart, ChartArea, ChartAxis, ChartGroup, ChartLine, ChartStack, ChartThemeColor, ChartVoronoiContainer } from '@patternfly/react-charts/victory';
import { useEffect, useRef, useState } from 'react';
import type { HistoryPoint } from './historyPoints';
import type { ChartSpec } from './series';

const height = 190;
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

interface Datum { x: Date; y: number; name: string }

/** Lines, or areas upon each other, over time. */
export default function TimeChart({ chart, points }: { chart: ChartSpec; points: readonly HistoryPoint[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const data = chart.series.map(({ name, metric }) => ({ name, data: points.flatMap(({ at, values }): Datum[] => { const y = values[metric]; return y === undefined ? [] : [{ x: at, y, name }]; }) }));
  const label = ({ datum }: { datum: Datum }) => `${datum.name} ${time.format(datum.x)}: ${chart.format(datum.y)}`;
  return (
    <div ref={frame} className="mayfly-chart" data-testid={`chart-${chart.id}`}>
      {width > 0 && (
        <Chart
          name={chart.id} ariaTitle={chart.title} ariaDesc={chart.says} width={width} height={height} padding={{ top: 10, bottom: 62, left: 76, right: 32 }} themeColor={ChartThemeColor.multiOrdered} scale={{ x: 'time' }} minDomain={{ y: 0 }}
          legendData={chart.series.map(({ name }) => ({ name }))} legendPosition="bottom-left" containerComponent={<ChartVoronoiContainer labels={label} constrainToVisibleArea />}
        >
          <ChartAxis tickCount={4} tickFormat={(at: number | Date) => time.format(new Date(at))} />
          <ChartAxis dependentAxis showGrid tickCount={4} tickFormat={(value: number) => chart.format(value)} />
          {chart.stacked
            ? <ChartStack>{data.map((series) => <ChartArea key={series.name} data={series.data} />)}</ChartStack>
            : <ChartGroup>{data.map((series) => <ChartLine key={series.name} data={series.data} />)}</ChartGroup>}
        </Chart>
      )}
    </div>
  );
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (frame.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
