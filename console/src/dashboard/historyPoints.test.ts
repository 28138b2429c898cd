import { describe, expect, it } from 'vitest';
import { pointsOf, type MetricSeries } from './historyPoints';

const open: MetricSeries = { name: 'SessionsOpen', unit: 'sessions', points: [{ at: '2026-05-04T12:01:00Z', value: 3 }, { at: '2026-05-04T12:00:00Z', value: 2 }] };
const forks: MetricSeries = { name: 'ForkMedian', unit: 's', points: [{ at: '2026-05-04T12:01:00.4Z', value: 0.4 }] };

describe('pointsOf', () => {
  it('puts the numbers of a minute together, oldest first', () => {
    expect(pointsOf([open, forks])).toEqual([
      { at: new Date('2026-05-04T12:00:00Z'), values: { SessionsOpen: 2 } }, { at: new Date('2026-05-04T12:01:00Z'), values: { SessionsOpen: 3, ForkMedian: 0.4 } },
    ]);
  });

  it('leaves out what is no point', () => {
    expect(pointsOf([{ ...open, points: [{ at: 'soon', value: 1 }, { at: '2026-05-04T12:00:00Z', value: Number.NaN }] }])).toEqual([]);
    expect(pointsOf([])).toEqual([]);
  });
});
