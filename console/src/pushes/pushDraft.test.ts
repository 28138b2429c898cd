import { describe, expect, it } from 'vitest';
import { emptyPush, isComplete, newest, toPushRequest, type PushDraft } from './pushDraft';

const draft: PushDraft = { ...emptyPush, version: '9f8e7d6c' };

describe('isComplete', () => {
  it('wants a version, and a time only when it begins later', () => {
    expect(isComplete(emptyPush)).toBe(false);
    expect(isComplete(draft)).toBe(true);
    expect(isComplete({ ...draft, later: true })).toBe(false);
    expect(isComplete({ ...draft, later: true, startAt: '2026-05-04T22:00' })).toBe(true);
  });

  it('takes no longer warning than the server does', () => {
    expect(isComplete({ ...draft, warning: 'x'.repeat(201) })).toBe(false);
  });
});

describe('toPushRequest', () => {
  it('sends seconds, and null for what is empty', () => {
    expect(toPushRequest({ ...draft, inUse: 'ForceLogoff', graceMinutes: 10, warning: ' ' })).toEqual({
      version: '9f8e7d6c', startAt: null, inUse: 'ForceLogoff', graceSeconds: 600, warning: null, errorThresholdPercent: 20,
    });
  });

  it('leaves the newest version to the server', () => {
    expect(toPushRequest({ ...draft, version: newest }).version).toBeNull();
  });

  it('sends the start as a point in time', () => {
    expect(toPushRequest({ ...draft, later: true, startAt: '2026-05-04T22:00' }).startAt).toBe(new Date(2026, 4, 4, 22).toISOString());
  });
});
