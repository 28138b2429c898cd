import { describe, expect, it } from 'vitest';
import { providerProblem } from './providerProblem';

describe('providerProblem', () => {
  it('is none without a code', () => {
    expect(providerProblem(null)).toBeNull();
  });

  it('has words for what can go wrong', () => {
    expect(providerProblem('DirectoryUnreachable')).toMatchObject({ code: 'DirectoryUnreachable', message: 'The sign-in service does not answer.' });
  });

  it('shows an unknown code but no text of a stranger', () => {
    expect(providerProblem('toString')).toMatchObject({ code: 'toString', message: 'Signing in did not work.' });
    expect(providerProblem('Call 555-1234')?.code).toBe('Unexpected');
  });
});
