import { describe, expect, it } from 'vitest';
import { lookOf } from './states';

describe('lookOf', () => {
  it.each([
    ['Available', 'success'], ['Connected', 'info'], ['Startup', 'info'], ['Maintenance', 'warning'], ['AgentUnreachable', 'danger'], ['Error', 'danger'],
    ['ProvisioningError', 'danger'], ['Online', 'success'], ['Lost', 'danger'], ['Provisioned', null], ['Rolling', 'info'], ['Paused', 'warning'], ['Completed', 'success'], ['Failed', 'danger'],
  ])('%s is %s', (state, status) => {
    expect(lookOf(state).status).toBe(status);
  });

  it('writes states of two words as people do', () => {
    expect(lookOf('AgentUnreachable').text).toBe('Agent unreachable');
  });

  it('shows what it does not know by its name', () => {
    expect(lookOf('toString')).toEqual({ status: null, text: 'toString' });
  });
});
