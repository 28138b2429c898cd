import { describe, expect, it } from 'vitest';
import { anApp, anAssignment, aPackage } from './anApp.test-data';
import { describeVersion, holderOf, isAppName, isVersion, machinesOf, someOf } from './words';

describe('isAppName', () => {
  it.each([['gimp', true], ['a-2', true], ['', false], ['A', false], ['a.b', false], ['a'.repeat(64), false]])('%s: %s', (name, good) => {
    expect(isAppName(name)).toBe(good);
  });
});

describe('isVersion', () => {
  it.each([['1.2-3+deb13~1', true], ['', false], ['1 2', false], ['../x', false]])('%s: %s', (version, good) => {
    expect(isVersion(version)).toBe(good);
  });
});

describe('machinesOf', () => {
  it('counts those of all packages', () => {
    expect(machinesOf(anApp({ packages: [aPackage('1', { machines: 2 }), aPackage('2', { machines: 3 })] }))).toBe(5);
  });
});

describe('holderOf', () => {
  it('is the one of the three that is set', () => {
    expect(holderOf(anAssignment({ user: 'ada' }))).toEqual({ kind: 'user', name: 'ada' });
    expect(holderOf(anAssignment({ group: 'staff' }))).toEqual({ kind: 'group', name: 'staff' });
    expect(holderOf(anAssignment({ pool: 'xfce' }))).toEqual({ kind: 'pool', name: 'xfce' });
  });
});

describe('describeVersion', () => {
  it('says what the marker points to, or that it points to none', () => {
    expect(describeVersion(anAssignment({ version: '2' }), { current: '1' })).toBe('2');
    expect(describeVersion(anAssignment({}), { current: '1' })).toBe('the current one, now 1');
    expect(describeVersion(anAssignment({}), { current: null })).toBe('the current one: none yet');
  });
});

describe('someOf', () => {
  it('counts what does not fit', () => {
    expect(someOf(['a', 'b', 'c'])).toBe('a, b, c');
    expect(someOf(['a', 'b', 'c', 'd'])).toBe('a, b and 2 more');
  });
});
