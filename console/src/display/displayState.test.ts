import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import { initialDisplay, reduceDisplay, type DisplayAction } from './displayState';

const after = (...actions: DisplayAction[]) => actions.reduce(reduceDisplay, initialDisplay);
const lost: DisplayAction = { type: 'lost', problem: null };

describe('reduceDisplay', () => {
  it('goes from connecting over drawing to shown', () => {
    expect(after({ type: 'connected' })).toEqual({ attempt: 1, phase: 'drawing' });
    expect(after({ type: 'connected' }, { type: 'firstFrame' })).toEqual({ attempt: 1, phase: 'shown' });
  });

  it('shows nothing before it is connected', () => {
    expect(after({ type: 'firstFrame' })).toEqual(initialDisplay);
  });

  it('counts each reconnection', () => {
    expect(after(lost, { type: 'reconnect' })).toEqual({ attempt: 2, phase: 'connecting' });
  });

  it('does not reconnect what is not lost', () => {
    expect(after({ type: 'connected' }, { type: 'reconnect' })).toMatchObject({ attempt: 1, phase: 'drawing' });
  });

  it('keeps the first reason of a loss', () => {
    const problem = new Problem('MachineExited', 'The machine ended.', null, null);
    expect(after({ type: 'lost', problem }, lost)).toEqual({ attempt: 1, phase: 'lost', problem });
  });

  it('stays ended', () => {
    expect(after(lost, { type: 'ended' }, { type: 'reconnect' }, { type: 'connected' })).toEqual({ attempt: 1, phase: 'ended' });
  });
});
