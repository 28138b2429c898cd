import { describe, expect, it } from 'vitest';
import type { MachineView } from '../api/types';
import { describeLoss, isPossible, isWatchable, machineActions } from './machineActions';
import { aMachine } from './aMachine.test-data';

const possible = (part: Partial<MachineView>): string[] => machineActions.filter((action) => isPossible(action, aMachine('a', part))).map(({ id }) => id);

describe('isPossible', () => {
  it.each<[Partial<MachineView>, string[]]>([
    [{ state: 'Available' }, ['reset', 'restart', 'rebuild', 'hold', 'delete']],
    [{ state: 'Maintenance', owner: 'ada' }, ['reset', 'restart', 'rebuild', 'release', 'unassign', 'delete']],
    [{ state: 'Connected', user: 'ada', owner: 'ada' }, ['reset', 'restart', 'rebuild', 'delete']],
    [{ state: 'AgentUnreachable' }, ['reset', 'restart', 'recover', 'rebuild', 'hold', 'delete']],
    [{ state: 'AgentUnreachable', user: 'ada' }, ['reset', 'restart', 'recover', 'rebuild', 'delete']],
    [{ state: 'ProvisioningError' }, ['recover', 'hold', 'delete']],
    [{ state: 'Startup' }, ['delete']],
    [{ state: 'Deleting' }, []],
    [{ state: 'Available', operation: 'rebuild' }, ['delete']],
  ])('%j: %j', (part, ids) => {
    expect(possible(part)).toEqual(ids);
  });
});

describe('request', () => {
  it('escapes the name', () => {
    expect(machineActions.map((action) => action.request('a/b')).every(({ path }) => path.startsWith('/machines/a%2Fb'))).toBe(true);
  });
});

describe('isWatchable', () => {
  it('wants something that runs', () => {
    expect(isWatchable(aMachine('a', { state: 'Maintenance', processId: 7 }))).toBe(true);
    expect(isWatchable(aMachine('a', { state: 'Maintenance' }))).toBe(false);
    expect(isWatchable(aMachine('a', { state: 'Provisioned' }))).toBe(false);
  });
});

describe('describeLoss', () => {
  const by = (id: string, part: Partial<MachineView>) => {
    const action = machineActions.find((candidate) => candidate.id === id);
    return action && describeLoss(action, aMachine('a', part))?.what;
  };

  it('is unsaved work of a user', () => {
    expect(by('reset', { user: 'ada', owner: 'ada' })).toContain('unsaved work');
    expect(by('delete', { user: 'ada' })).toContain('unsaved work');
  });

  it('is the whole disk of an owner, in use or not', () => {
    expect(by('rebuild', { owner: 'ada' })).toContain('all that is on its disk');
  });

  it('is nothing for nobody, and nothing by maintenance', () => {
    expect(by('rebuild', {})).toBeUndefined();
    expect(by('hold', { user: 'ada', owner: 'ada' })).toBeUndefined();
  });
});
