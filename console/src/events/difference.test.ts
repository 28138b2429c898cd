import { describe, expect, it } from 'vitest';
import { differencesOf } from './difference';

describe('differencesOf', () => {
  it('leaves out what stayed', () => {
    expect(differencesOf({ spare: 2, maximum: 10 }, { spare: 4, maximum: 10 })).toEqual([{ field: 'spare', before: '2', after: '4' }]);
  });

  it('looks into things, and writes their names as people do', () => {
    expect(differencesOf({ syslog: null, stopOnError: false }, { syslog: { host: 'log' }, stopOnError: true })).toEqual([
      { field: 'stop on error', before: 'no', after: 'yes' }, { field: 'syslog, host', before: null, after: 'log' },
    ]);
  });

  it('shows all of what is new or gone', () => {
    expect(differencesOf(null, { name: 'a', groups: ['x', 'y'], empty: [] })).toEqual([
      { field: 'name', before: null, after: 'a' }, { field: 'groups', before: null, after: 'x, y' }, { field: 'empty', before: null, after: 'none' },
    ]);
    expect(differencesOf({ name: 'a' }, undefined)).toEqual([{ field: 'name', before: 'a', after: null }]);
  });

  it('knows lists of things', () => {
    expect(differencesOf({ levels: [{ spare: 1 }] }, { levels: [{ spare: 2 }] })).toEqual([{ field: 'levels', before: '[{"spare":1}]', after: '[{"spare":2}]' }]);
  });
});
