import { describe, expect, it } from 'vitest';
import { aMe } from '../login/aMe.test-data';
import { aCard, aSession } from './aDesktop.test-data';
import { onlyChoice } from './onlyChoice';

const closed = { code: 'OutsideHours' as const, what: 'Closed.', why: null, remedy: null };

describe('onlyChoice', () => {
  it('opens the only desktop', () => {
    expect(onlyChoice(aMe, [aCard])).toBe('/open/xfce');
    expect(onlyChoice(aMe, [{ ...aCard, pool: 'a b' }])).toBe('/open/a%20b');
  });

  it('goes back to the session there is, even out of hours', () => {
    expect(onlyChoice(aMe, [{ ...aCard, session: aSession, closed }])).toBe('/desktop/s1');
  });

  it.each([
    ['no desktop', []],
    ['two desktops', [aCard, { ...aCard, pool: 'lab' }]],
    ['a closed desktop', [{ ...aCard, closed }]],
    ['a desktop open elsewhere', [{ ...aCard, session: { ...aSession, connected: true } }]],
    ['a message to read', [{ ...aCard, session: { ...aSession, notice: { message: 'Hello', logOffAt: null, id: 'm', from: null } } }]],
  ])('leaves %s to the person', (_, cards) => {
    expect(onlyChoice(aMe, cards)).toBeNull();
  });

  it('leaves it to people who came to administer', () => {
    expect(onlyChoice({ ...aMe, permissions: [{ permission: 'ViewPools', pools: null }] }, [aCard])).toBeNull();
  });
});
