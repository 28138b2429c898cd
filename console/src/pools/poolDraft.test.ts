import { describe, expect, it } from 'vitest';
import type { PoolView } from '../api/types';
import { areComplete, emptyDraft, settingsOf, toRequest } from './poolDraft';
import { isPoolName } from './poolSteps';
import { firstSchedule } from './schedule';

describe('isPoolName', () => {
  it.each([['a', true], ['xfce-2', true], ['', false], ['-a', false], ['a-', false], ['A', false], ['a b', false], ['a'.repeat(64), false]])('%s: %s', (name, good) => {
    expect(isPoolName(name)).toBe(good);
  });
});

describe('areComplete', () => {
  it('looks at the schedule, except where all machines are made up front', () => {
    const draft = { ...emptyDraft, schedule: firstSchedule(11) };
    expect(areComplete(draft)).toBe(false);
    expect(areComplete({ ...draft, sizing: 'UpFront' })).toBe(true);
  });
});

describe('toRequest', () => {
  it('leaves empty fields to the server', () => {
    expect(toRequest({ ...emptyDraft, name: 'a', image: 'micro' })).toMatchObject({
      name: 'a', image: 'micro', spare: 2, maximum: 10, displayName: null, version: null, namePattern: null, postSync: [], powerOff: [],
    });
  });

  it('gives a kept machine no volume, whatever was chosen before', () => {
    expect(toRequest({ ...emptyDraft, volume: 'Apps' }).volume).toBe('Apps');
    expect(toRequest({ ...emptyDraft, volume: 'Apps', assignment: 'Dedicated' }).volume).toBeNull();
    expect(toRequest({ ...emptyDraft, persona: true }).persona).toBe(true);
    expect(toRequest({ ...emptyDraft, persona: true, assignment: 'Dedicated' }).persona).toBe(false);
  });

  it('reads one argument a line', () => {
    expect(toRequest({ ...emptyDraft, postSync: '/bin/sh\n-c\necho "a b"\n\n' }).postSync).toEqual(['/bin/sh', '-c', 'echo "a b"']);
  });
});

describe('settingsOf', () => {
  it('sends nothing back that is no setting', () => {
    const settings = settingsOf({ ...toRequest(emptyDraft), namePattern: '', version: '1', available: 3, postSync: ['a', 'b'] } as unknown as PoolView);
    expect(settings.postSync).toEqual(['a', 'b']);
    expect(settings).not.toHaveProperty('available');
    expect(settings).not.toHaveProperty('name');
  });
});
