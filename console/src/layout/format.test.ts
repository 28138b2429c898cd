import { describe, expect, it } from 'vitest';
import { formatBytes, formatMilliseconds, formatSeconds } from './format';

describe('formatBytes', () => {
  it.each([[0, '0 B'], [1023, '1023 B'], [1_782_579, '1.7 MiB'], [1_073_741_824, '1 GiB']])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatMilliseconds', () => {
  it.each([[5.234, '5.2 ms'], [429.6, '430 ms'], [2_440, '2.4 s'], [145_000, '2 min 25 s']])('%d is %s', (milliseconds, text) => {
    expect(formatMilliseconds(milliseconds)).toBe(text);
  });

  it('takes seconds too', () => {
    expect(formatSeconds(0.05)).toBe('50 ms');
  });
});
