import { describe, expect, it } from 'vitest';
import type { MachineView } from '../api/types';
import { medianReadyMs } from './medianReadyMs';

const ready = (readyMs: number | null): MachineView => ({ timeline: readyMs === null ? null : { shellReady: true, runningMs: 5, readyMs } }) as MachineView;

describe('medianReadyMs', () => {
  it('is null without timings', () => {
    expect(medianReadyMs([ready(null)])).toBeNull();
  });

  it('is the middle one, whatever the order', () => {
    expect(medianReadyMs([ready(900), ready(100), ready(null), ready(400)])).toBe(400);
  });
});
