import { describe, expect, it } from 'vitest';
import { exportAddress, firstRange } from './exportAddress';

describe('firstRange', () => {
  it('is seven days, over the turn of a month', () => {
    expect(firstRange(new Date(2026, 2, 3, 15))).toEqual({ from: '2026-02-25', to: '2026-03-03' });
  });
});

describe('exportAddress', () => {
  it('goes to the end of the last day', () => {
    const query = new URLSearchParams(exportAddress({ from: '2026-05-04', to: '2026-05-04' })?.split('?')[1]);
    expect(query.get('from')).toBe(new Date(2026, 4, 4).toISOString());
    expect(query.get('to')).toBe(new Date(2026, 4, 5).toISOString());
  });

  it('is none where the days make no sense', () => {
    expect(exportAddress({ from: '', to: '2026-05-04' })).toBeNull();
    expect(exportAddress({ from: '2026-05-05', to: '2026-05-04' })).toBeNull();
  });
});
