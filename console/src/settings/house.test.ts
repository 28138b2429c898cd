import { describe, expect, it } from 'vitest';
import type { HouseSettings } from '../api/types';
import { lackOfHouse, toHouse } from './house';

const house: HouseSettings = { signInIdleMinutes: 480, signInLongestMinutes: 1440, wrongPasswords: 5, secondFactorForRoles: false, eventDays: 90, sessionDays: 90, personaVersions: 7, personaMinutes: 15, personaQuotaMib: 1024, placement: 'Spread', syslog: null, signInText: null };

describe('lackOfHouse', () => {
  it('says what does not fit', () => {
    expect(lackOfHouse(house)).toBeNull();
    expect(lackOfHouse({ ...house, signInIdleMinutes: 2000 })).toContain('idle');
    expect(lackOfHouse({ ...house, signInText: 'x'.repeat(501) })).toContain('500');
    expect(lackOfHouse({ ...house, syslog: { host: ' ', port: 514, transport: 'Udp' } })).toContain('syslog');
  });
});

describe('toHouse', () => {
  it('sends no empty text', () => {
    expect(toHouse({ ...house, signInText: ' ' }).signInText).toBeNull();
    expect(toHouse({ ...house, signInText: ' Welcome ' }).signInText).toBe('Welcome');
  });
});
