import { describe, expect, it } from 'vitest';
import { isNarrowed, readState, writeState } from './tableState';

const read = (query: string, prefix = '') => readState(new URLSearchParams(query), prefix, ['state', 'pool']);

describe('readState', () => {
  it('is the first page of everything when the address says nothing', () => {
    expect(read('')).toEqual({ search: '', filters: { state: '', pool: '' }, sort: null, descending: false, page: 1, size: 50, cards: false });
  });

  it('reads what the address says, and mends what makes no sense', () => {
    expect(read('q=ada&state=Error&sort=-name&page=2&size=20&view=cards')).toMatchObject({ search: 'ada', filters: { state: 'Error', pool: '' }, sort: 'name', descending: true, page: 2, size: 20, cards: true });
    expect(read('page=-1&size=7')).toMatchObject({ page: 1, size: 50 });
  });
});

describe('writeState', () => {
  it('gives back what was read, beside what is not its own', () => {
    const query = 'tab=machines&m.q=a+b&m.state=Error&m.sort=-name&m.page=3';
    const state = read(query, 'm.');
    expect(read(writeState(new URLSearchParams('tab=machines'), 'm.', state).toString(), 'm.')).toEqual(state);
    expect(writeState(new URLSearchParams(query), 'm.', read('')).toString()).toBe('tab=machines');
  });
});

describe('isNarrowed', () => {
  it('is so once something is searched or filtered', () => {
    expect(isNarrowed(read('sort=name&page=2'))).toBe(false);
    expect(isNarrowed(read('q=a'))).toBe(true);
    expect(isNarrowed(read('pool=x'))).toBe(true);
  });
});
