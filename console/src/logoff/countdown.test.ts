import { describe, expect, it } from 'vitest';
import { formatCountdown, secondsUntil } from './countdown';

describe('secondsUntil', () => {
  const at = '2026-05-04T12:00:00Z';

  it.each([[0, 0], [1, 1], [1_000, 1], [1_001, 2], [-5_000, 0]])('%d ms before are %d s', (before, seconds) => {
    expect(secondsUntil(at, Date.parse(at) - before)).toBe(seconds);
  });
});

describe('formatCountdown', () => {
  it.each([[0, 'now'], [7, '0:07'], [299, '4:59'], [3_600, '1:00:00'], [3_723, '1:02:03']])('%d s are %s', (seconds, text) => {
    expect(formatCountdown(seconds)).toBe(text);
  });
});
