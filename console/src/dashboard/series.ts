import { formatBytes, formatSeconds } from '../layout/format';
import type { HistoryPoint, MetricName } from './historyPoints';

/** One line of a chart. */
export interface Series { name: string; metric: MetricName }

/** One chart: what it shows, its lines, and how its values are written. */
export interface ChartSpec { id: string; title: string; says: string; series: readonly Series[]; format: (value: number) => string; stacked?: boolean }

const whole = (value: number): string => Number.isInteger(value) ? `${value}` : '';

export const charts: readonly ChartSpec[] = [
  { id: 'sessions', title: 'Sessions', says: 'Open sessions, and those of them with a display', format: whole, series: [{ name: 'Open', metric: 'SessionsOpen' }, { name: 'Connected', metric: 'SessionsConnected' }] },
  { id: 'forks', title: 'Machines made', says: 'Machines made each minute, and those that could not be made', format: whole, series: [{ name: 'Made', metric: 'Forks' }, { name: 'Failed', metric: 'ForksFailed' }] },
  {
    id: 'running', title: 'From request to running', says: 'How long it took until a machine\'s processors ran: half of a minute\'s took at most the median', format: formatSeconds,
    series: [{ name: 'Median', metric: 'RunningMedian' }, { name: '95 of 100', metric: 'Running95' }],
  },
  {
    id: 'latency', title: 'From request to ready', says: 'How long a machine took to be ready: half of a minute\'s took at most the median', format: formatSeconds,
    series: [{ name: 'Median', metric: 'ForkMedian' }, { name: '95 of 100', metric: 'Fork95' }],
  },
  {
    id: 'memory', title: 'Memory of machines', says: 'What clones share, counted once, and what each owns alone', format: formatBytes, stacked: true,
    series: [{ name: 'Shared by clones', metric: 'MemoryShared' }, { name: 'Machines alone', metric: 'MemoryPrivate' }],
  },
  { id: 'free', title: 'Memory still to be had', says: 'What the hosts have left for more machines', format: formatBytes, series: [{ name: 'Free', metric: 'MemoryFree' }] },
];

/** Whether anything was measured that a chart shows. */
export const hasValues = ({ series }: ChartSpec, points: readonly HistoryPoint[]): boolean => points.some(({ values }) => series.some(({ metric }) => values[metric] !== undefined));
