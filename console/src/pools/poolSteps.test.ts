import { describe, expect, it } from 'vitest';
import { firstHours, withChangedPeriod } from './hours';
import { emptyDraft } from './poolDraft';
import { lackOfImage, lackOfRules, lackOfSize } from './poolSteps';
import { firstSchedule } from './schedule';

describe('lackOfImage', () => {
  it('says what is missing, one thing after the other', () => {
    expect(lackOfImage(emptyDraft, [])).toContain('name');
    expect(lackOfImage({ ...emptyDraft, name: 'A b' }, [])).toContain('a-z');
    expect(lackOfImage({ ...emptyDraft, name: 'xfce' }, ['xfce'])).toContain('already');
    expect(lackOfImage({ ...emptyDraft, name: 'xfce' }, [])).toContain('published image');
    expect(lackOfImage({ ...emptyDraft, name: 'xfce', image: 'micro' }, ['lab'])).toBeNull();
  });
});

describe('lackOfSize', () => {
  it('wants no more than there may be', () => {
    expect(lackOfSize(emptyDraft)).toBeNull();
    expect(lackOfSize({ ...emptyDraft, spare: 11 })).toContain('11');
    expect(lackOfSize({ ...emptyDraft, minimum: 12 })).toContain('12');
    expect(lackOfSize({ ...emptyDraft, schedule: firstSchedule(11) })).toContain('schedule');
  });

  it('does not mind where all are made up front', () => {
    expect(lackOfSize({ ...emptyDraft, sizing: 'UpFront', spare: 11 })).toBeNull();
  });
});

describe('lackOfRules', () => {
  it('wants whole hours', () => {
    expect(lackOfRules(emptyDraft)).toBeNull();
    expect(lackOfRules({ ...emptyDraft, hours: firstHours() })).toBeNull();
    expect(lackOfRules({ ...emptyDraft, hours: withChangedPeriod(firstHours(), 0, { days: [] }) })).not.toBeNull();
  });
});
