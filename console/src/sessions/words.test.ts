import { describe, expect, it } from 'vitest';
import { aSession } from './aSession.test-data';
import { describeEnd, describeLogon, describeSpan, lastedMs, logonMs, stateOf } from './words';

describe('stateOf', () => {
  it('is ended whatever else is said', () => {
    expect(stateOf(aSession('a', { connected: true }))).toBe('Connected');
    expect(stateOf(aSession('a'))).toBe('Disconnected');
    expect(stateOf(aSession('a', { connected: true, endedAt: '2026-01-01T01:00:00Z' }))).toBe('Ended');
  });
});

describe('describeSpan', () => {
  it.each([[0, '0 s'], [59_000, '59 s'], [60_000, '1 min'], [3_660_000, '1 h 1 min'], [90_000_000, '1 d 1 h']])('%d is %s', (milliseconds, text) => {
    expect(describeSpan(milliseconds)).toBe(text);
  });
});

describe('lastedMs', () => {
  it('is to the end, or to now, and never below zero', () => {
    expect(lastedMs(aSession('a', { endedAt: '2026-01-01T00:01:00Z' }), new Date('2026-01-02T00:00:00Z'))).toBe(60_000);
    expect(lastedMs(aSession('a'), new Date('2026-01-01T00:00:05Z'))).toBe(5_000);
    expect(lastedMs(aSession('a'), new Date('2025-01-01T00:00:00Z'))).toBe(0);
  });
});

describe('logon', () => {
  it('is the sum of its steps', () => {
    const session = aSession('a', { timeline: [{ name: 'machine', seconds: 0.25 }, { name: 'display', seconds: 0.5 }] });
    expect(logonMs(session)).toBe(750);
    expect(describeLogon(session)).toBe('750 ms');
  });

  it('is not known without steps', () => {
    expect(logonMs(aSession('a'))).toBeNull();
    expect(describeLogon(aSession('a'))).toBe('');
  });
});

describe('describeEnd', () => {
  it('says what it does not know by its name', () => {
    expect(describeEnd('disconnected-too-long')).toBe('disconnected too long');
    expect(describeEnd('machine-died')).toBe('machine died');
    expect(describeEnd(null)).toBe('');
  });
});
