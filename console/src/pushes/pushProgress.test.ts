import { describe, expect, it } from 'vitest';
import type { PushView } from '../api/types';
import { canPause, canResume, describeCounts, describeTimes, percentOf } from './pushProgress';

const push = (part: Partial<PushView>): PushView => ({ state: 'Rolling', replaced: 0, remaining: 0, waiting: 0, failed: 0, ...part }) as PushView;

describe('percentOf', () => {
  it('is complete only when every machine is replaced', () => {
    expect(percentOf(push({ replaced: 299, waiting: 1 }))).toBe(99);
    expect(percentOf(push({ replaced: 3 }))).toBe(100);
  });

  it('knows a push of an empty pool', () => {
    expect(percentOf(push({}))).toBe(0);
    expect(percentOf(push({ state: 'Completed' }))).toBe(100);
  });
});

describe('describeCounts', () => {
  it('leaves out what is zero', () => {
    expect(describeCounts(push({ replaced: 2, remaining: 1 }))).toBe('2 of 3 replaced, 1 remaining');
    expect(describeCounts(push({ waiting: 2, failed: 1 }))).toBe('0 of 3 replaced, 2 waiting for log-off, 1 failed');
  });
});

describe('what can be done', () => {
  it('follows the state', () => {
    expect([canPause(push({})), canResume(push({}))]).toEqual([true, false]);
    expect([canPause(push({ state: 'Paused' })), canResume(push({ state: 'Paused' }))]).toEqual([false, true]);
    expect(canPause(push({ state: 'Publishing' }))).toBe(false);
    expect(canPause(push({ state: 'Scheduled' }))).toBe(false);
  });
});

describe('describeTimes', () => {
  const at = '2026-05-04T12:00:00Z';
  const times = { fromVersion: '1a', actor: 'ada', askedAt: at, startAt: at, forceAt: at, finishedAt: null };

  it('tells what is ahead while it goes on, and the end once it is over', () => {
    expect(describeTimes(push({ ...times, state: 'Scheduled' }))).toMatch(/^From 1a; asked by ada .*; begins .*; users are logged off [^;]*\.$/);
    expect(describeTimes(push({ ...times, state: 'Completed', finishedAt: at }))).toMatch(/; began .*; finished [^;]*\.$/);
  });
});
