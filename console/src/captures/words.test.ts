import { describe, expect, it } from 'vitest';
import { captureStep, captureSteps, describeCapture } from './words';

describe('captureStep', () => {
  it('goes from the machine to the package', () => {
    expect((['Starting', 'Open', 'Installing', 'Packing', 'Done'] as const).map(captureStep)).toEqual([0, 1, 1, 2, captureSteps.length]);
    expect(captureStep('Failed')).toBe(-1);
  });

  it('takes a state of a newer server for the first', () => {
    expect(captureStep('toString' as 'Open')).toBe(0);
  });
});

describe('describeCapture', () => {
  const capture = { state: 'Installing', step: null, fault: null } as const;

  it('says what the server says, or what is known', () => {
    expect(describeCapture(capture)).toBe('It installs by itself.');
    expect(describeCapture({ ...capture, step: 'installing gimp' })).toBe('Installing gimp');
    expect(describeCapture({ ...capture, state: 'Failed', fault: { code: 'CaptureFailed', what: 'It failed.', why: null, remedy: null } })).toBe('It failed.');
  });
});
