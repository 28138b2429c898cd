import { describe, expect, it } from 'vitest';
import type { SessionApp } from '../api/types';
import { aSession } from './aSession.test-data';
import { describeAll, describeAttached, listOf, missingOf } from './attached';

const app = (part: Partial<SessionApp>): SessionApp => ({ app: 'gimp', displayName: 'GIMP', version: '1', delivery: 'Logon', attached: true, fault: null, ...part });
const fault = { code: 'AttachFailed' as const, what: 'It failed.', why: null, remedy: null };
const session = aSession('s', { apps: [app({}), app({ attached: false, fault }), app({ attached: false, delivery: 'Demand' })], volumeFault: fault });

describe('missingOf', () => {
  it('names what failed and nothing that only waits', () => {
    expect(missingOf(session, 'your own disk').map(({ name }) => name)).toEqual(['your own disk', 'GIMP']);
    expect(missingOf(aSession('s'))).toEqual([]);
    expect(missingOf(aSession('s', { environment: { setUp: true, names: ['staff'], problems: [{ name: 'drive files', fault }] } }))).toEqual([{ name: 'drive files', fault }]);
  });
});

describe('describeAttached', () => {
  it('counts what is there', () => {
    expect(describeAttached(aSession('s', { apps: [app({}), app({})], volume: 'v' }))).toBe('2 apps, disk');
    expect(describeAttached(aSession('s'))).toBe('');
  });
});

describe('describeAll', () => {
  it('tells what is missing too', () => {
    expect(describeAll(session)).toBe('1 app, 2 missing');
    expect(describeAll(aSession('s', { apps: [app({ attached: false, delivery: 'Demand' })] }))).toBe('on demand');
    expect(describeAll(aSession('s'))).toBe('');
  });
});

describe('listOf', () => {
  it.each([[[], ''], [['a'], 'a'], [['a', 'b'], 'a and b'], [['a', 'b', 'c'], 'a, b and c']])('%j is "%s"', (names, text) => {
    expect(listOf(names)).toBe(text);
  });
});
