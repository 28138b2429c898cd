import { describe, expect, it } from 'vitest';
import { emptyDraft, isComplete, isPoolName, toRequest } from './poolDraft';

describe('isPoolName', () => {
  it.each([['a', true], ['xfce-2', true], ['', false], ['-a', false], ['a-', false], ['A', false], ['a b', false], ['a'.repeat(64), false]])('%s: %s', (name, good) => {
    expect(isPoolName(name)).toBe(good);
  });
});

describe('isComplete', () => {
  it('wants a name, an image, and no more spare machines than there may be', () => {
    expect(isComplete(emptyDraft)).toBe(false);
    expect(isComplete({ ...emptyDraft, name: 'a', image: 'micro' })).toBe(true);
    expect(isComplete({ ...emptyDraft, name: 'a', image: 'micro', spare: 11 })).toBe(false);
  });
});

describe('toRequest', () => {
  it('leaves empty fields to the server', () => {
    expect(toRequest({ ...emptyDraft, name: 'a', image: 'micro' })).toEqual({ name: 'a', image: 'micro', spare: 2, maximum: 10 });
  });
});
