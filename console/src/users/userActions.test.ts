import { describe, expect, it } from 'vitest';
import { aUser } from './aUser.test-data';
import { isLocked, userActions } from './userActions';

const now = new Date('2026-01-01T12:00:00Z');
const fitting = (part: Parameters<typeof aUser>[1]) => userActions.filter((action) => action.fits(aUser('ada', part), now)).map(({ id }) => id);

describe('userActions', () => {
  it('offer what makes sense for a user as they are', () => {
    expect(fitting({})).toEqual(['disable', 'sign-out', 'remove']);
    expect(fitting({ enabled: false })).toEqual(['enable', 'sign-out', 'remove']);
    expect(fitting({ secondFactor: true, lockedUntil: '2026-01-01T12:10:00Z' })).toEqual(['disable', 'unlock', 'sign-out', 'second-factor', 'remove']);
  });

  it('let a help desk do what frees users, and no more', () => {
    expect(userActions.filter(({ permission }) => permission === 'SupportUsers').map(({ id }) => id)).toEqual(['unlock', 'sign-out']);
  });
});

describe('isLocked', () => {
  it('ends with its time', () => {
    expect(isLocked(aUser('ada', { lockedUntil: '2026-01-01T11:59:00Z' }), now)).toBe(false);
    expect(isLocked(aUser('ada'), now)).toBe(false);
  });
});
