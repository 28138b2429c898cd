import { describe, expect, it } from 'vitest';
import { aMachine } from './aMachine.test-data';
import { machineFilters } from './machineColumns';

const machines = [aMachine('p-1'), aMachine('p-2', { host: 'h2' }), aMachine('p-3', { host: 'h2' })];

describe('machineFilters', () => {
  it('has no hosts while all are on one', () => {
    expect(machineFilters(machines.slice(0, 1)).map(({ key }) => key)).not.toContain('host');
  });

  it('has the hosts, and the server\'s own among them', () => {
    const host = machineFilters(machines).find(({ key }) => key === 'host');
    expect(host?.choices.map(({ value }) => value)).toEqual(['h2', 'this server']);
    expect(machines.filter((machine) => host?.matches(machine, 'h2')).map(({ name }) => name)).toEqual(['p-2', 'p-3']);
    expect(machines.filter((machine) => host?.matches(machine, 'this server')).map(({ name }) => name)).toEqual(['p-1']);
  });
});
