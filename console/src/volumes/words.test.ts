import { describe, expect, it } from 'vitest';
import { describePlace, formatMib, isFree } from './words';

describe('describePlace', () => {
  it('is the machine, with its pool where it is known', () => {
    expect(describePlace({ machine: null, pool: null })).toBe('');
    expect(describePlace({ machine: 'xfce-1', pool: null })).toBe('xfce-1');
    expect(describePlace({ machine: 'xfce-1', pool: 'xfce' })).toBe('xfce-1 of xfce');
  });
});

describe('isFree', () => {
  it('is what no machine has', () => {
    expect(isFree({ state: 'Detached' })).toBe(true);
    expect(isFree({ state: 'Disabled' })).toBe(true);
    expect(isFree({ state: 'Attached' })).toBe(false);
  });
});

describe('formatMib', () => {
  it('is in binary units', () => {
    expect(formatMib(8192)).toBe('8 GiB');
  });
});
