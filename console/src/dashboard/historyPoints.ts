/** Numbers of the house over time, as the server names them. */
export const metricNames = ['SessionsOpen', 'SessionsConnected', 'Forks', 'ForksFailed', 'RunningMedian', 'Running95', 'ForkMedian', 'Fork95', 'MemoryShared', 'MemoryPrivate', 'MemoryFree'] as const;
export type MetricName = (typeof metricNames)[number];

/** One number over time, one point a minute, oldest first; a minute with nothing to measure has none. */
export interface MetricSeries { name: MetricName; unit: string; points: { at: string; value: number }[] }

/** One minute: what was measured in it. */
export interface HistoryPoint { at: Date; values: Partial<Record<MetricName, number>> }

const minuteMs = 60_000;

/** Puts series together minute by minute, oldest first. Points of one minute may differ by a moment. */
export function pointsOf(series: readonly MetricSeries[]): HistoryPoint[] {
  const minutes = new Map<number, HistoryPoint>();
  for (const { name, points } of series) {
    for (const { at, value } of points) {
      const minute = Math.round(Date.parse(at) / minuteMs);
      if (Number.isNaN(minute) || !Number.isFinite(value)) continue;
      const point = minutes.get(minute) ?? { at: new Date(minute * minuteMs), values: {} };
      point.values[name] = value;
      minutes.set(minute, point);
    }
  }
  return [...minutes.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}
