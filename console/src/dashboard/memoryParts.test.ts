import { describe, expect, it } from 'vitest';
import type { HostUsageView } from '../api/types';
import { memoryParts } from './memoryParts';

const usage: HostUsageView = { memoryBytes: 100, availableBytes: 50, sharedBytes: 20, privateBytes: 10, freeDiskBytes: 0, machines: [] };

describe('memoryParts', () => {
  it('adds up to the whole', () => {
    expect(memoryParts(usage).map(({ kind, percent }) => [kind, percent])).toEqual([['shared', 20], ['private', 10], ['other', 20], ['available', 50]]);
  });

  it('has no part below zero when the numbers disagree', () => {
    const parts = memoryParts({ ...usage, availableBytes: 90 });
    expect(parts.every(({ bytes }) => bytes >= 0)).toBe(true);
    expect(parts.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100);
  });
});
