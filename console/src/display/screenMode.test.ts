import { describe, expect, it } from 'vitest';
import { qualityNamed } from './quality';
import { modeNamed, sizeFor } from './screenMode';

describe('sizeFor', () => {
  it.each([[1280, 800, 1280, 800], [1281, 799.5, 1280, 798], [390, 800, 640, 800], [0, 0, 640, 480], [5120, 2880, 4096, 2304]])('%d x %d is %d x %d', (width, height, w, h) => {
    expect(sizeFor({ width, height })).toEqual({ width: w, height: h });
  });
});

describe('modeNamed and qualityNamed', () => {
  it('take what an older page remembered for the usual', () => {
    expect(modeNamed('resize')).toBe('resize');
    expect(modeNamed('stretch')).toBe('fit');
    expect(qualityNamed('toString').name).toBe('balanced');
  });
});
