import { describe, expect, it } from 'vitest';
import type { MeView } from '../api/types';
import { aMe } from './aMe.test-data';
import { may, mayAnywhere } from './me';

const me: MeView = { ...aMe, permissions: [{ permission: 'ViewUsers', pools: null }, { permission: 'ManagePools', pools: ['lab'] }] };

describe('may', () => {
  it('holds everywhere with a permission over the house', () => {
    expect(may(me, 'ViewUsers')).toBe(true);
    expect(may(me, 'ViewUsers', 'office')).toBe(true);
  });

  it('holds in the pools named only', () => {
    expect(may(me, 'ManagePools', 'lab')).toBe(true);
    expect(may(me, 'ManagePools', 'office')).toBe(false);
    expect(may(me, 'ManagePools')).toBe(false);
  });

  it('does not hold without the permission', () => {
    expect(may(aMe, 'ViewUsers')).toBe(false);
  });
});

describe('mayAnywhere', () => {
  it('holds with one pool', () => {
    expect(mayAnywhere(me, 'ManagePools')).toBe(true);
    expect(mayAnywhere(me, 'ManageHouse')).toBe(false);
  });
});
