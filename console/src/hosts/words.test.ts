import { describe, expect, it } from 'vitest';
import { aHost } from './aHost.test-data';
import { describeAddress, describeMaintenance, describeMemory, othersTake, tokenIn, whyNotRemoved } from './words';

describe('describeMemory', () => {
  it('is what is free of all, while it is known', () => {
    expect(describeMemory(aHost('h2'))).toBe('2 GiB free of 8 GiB');
    expect(describeMemory(aHost('h2', { memoryBytes: null, availableBytes: null }))).toBeNull();
    expect(describeMemory(aHost('h2', { state: 'Lost' }))).toBeNull();
  });
});

describe('describeAddress', () => {
  it('is the computer and its port, or this server', () => {
    expect(describeAddress({ own: false, address: 'https://10.0.0.12:8008/' })).toBe('10.0.0.12:8008');
    expect(describeAddress({ own: true, address: null })).toBe('this server');
  });
});

describe('describeMaintenance', () => {
  it('tells how far it is', () => {
    expect(describeMaintenance(aHost('h2'))).toBeNull();
    expect(describeMaintenance(aHost('h2', { maintenance: true, machines: 3, inUse: 1 }))).toBe('3 machines still there, 1 in use.');
    expect(describeMaintenance(aHost('h2', { maintenance: true, machines: 1 }))).toBe('1 machine still there, none in use.');
    expect(describeMaintenance(aHost('h2', { maintenance: true }))).toContain('Empty');
  });
});

describe('whyNotRemoved', () => {
  it('is that it has machines, unless it is lost', () => {
    expect(whyNotRemoved(aHost('h2', { machines: 2 }))).toContain('2 machines');
    expect(whyNotRemoved(aHost('h2', { machines: 2, state: 'Lost' }))).toBeNull();
    expect(whyNotRemoved(aHost('h2'))).toBeNull();
  });
});

describe('tokenIn', () => {
  it('is found in the whole line of a log', () => {
    const token = 'mayfly-host://10.0.0.12:8008/?key=0a&secret=1b';
    expect(tokenIn(`Jan 1 h2 mayflyd: On a server of the house: mayfly host add '${token}'`)).toBe(token);
    expect(tokenIn(` ${token}\n`)).toBe(token);
    expect(tokenIn('https://10.0.0.12:8008/')).toBeNull();
  });
});

describe('othersTake', () => {
  it('counts neither the host itself nor those that take none', () => {
    const hosts = [aHost('h1'), aHost('h2', { state: 'Lost' }), aHost('h3', { state: 'Maintenance' })];
    expect(othersTake(hosts, 'h2')).toBe(true);
    expect(othersTake(hosts, 'h1')).toBe(false);
  });
});
