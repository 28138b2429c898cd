import { describe, expect, it } from 'vitest';
import type { MachineView } from '../api/types';
import { chosenMachines, searchMachines } from './selection';

const machine = (name: string, user: string | null = null): MachineView => ({
  name, id: name, pool: 'xfce', state: 'Available', image: 'xfce', version: '1', user, address: null, mac: null, processId: null,
  createdAt: '2026-01-01T00:00:00Z', timeline: null, fault: null,
});
const machines = [machine('a-1'), machine('a-2', 'demo'), machine('b-1')];
const names = (list: MachineView[]): string[] => list.map(({ name }) => name);

describe('searchMachines', () => {
  it('looks at name, user and state', () => {
    expect(names(searchMachines(machines, 'A-'))).toEqual(['a-1', 'a-2']);
    expect(names(searchMachines(machines, ' demo '))).toEqual(['a-2']);
    expect(searchMachines(machines, '')).toHaveLength(3);
  });
});

describe('chosenMachines', () => {
  it('is nothing when nothing is selected', () => {
    expect(chosenMachines(machines, new Set())).toEqual([]);
  });

  it('leaves out what is selected but not shown', () => {
    expect(names(chosenMachines(searchMachines(machines, 'a-'), new Set(['a-2', 'b-1', 'gone'])))).toEqual(['a-2']);
  });
});
