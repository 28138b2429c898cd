import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchAll, queryOf } from './fetchAll';

/** A server that gives these answers one after the other, and notes what was asked. */
function fakeServer(...answers: unknown[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(new Response(JSON.stringify(answers[asked.length - 1])));
  });
  return asked;
}

const signal = new AbortController().signal;

describe('fetchAll', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('takes a whole list as it is', async () => {
    fakeServer([1, 2]);
    expect(await fetchAll('/machines', signal)).toEqual([1, 2]);
  });

  it('follows the parts to the end', async () => {
    const asked = fakeServer({ items: [1], next: 'a b', total: 2 }, { items: [2], next: null, total: 2 });
    expect(await fetchAll('/machines?pool=x', signal)).toEqual([1, 2]);
    expect(asked[1]).toBe('/api/v1/machines?pool=x&after=a%20b');
  });

  it('ends where a part leads to itself', async () => {
    fakeServer({ items: [1], next: 'a', total: 9 }, { items: [2], next: 'a', total: 9 });
    expect(await fetchAll('/users', signal)).toEqual([1, 2]);
  });
});

describe('queryOf', () => {
  it('leaves out what is not set', () => {
    expect(queryOf({ a: '', b: null, c: undefined })).toBe('');
    expect(queryOf({ level: 'error', limit: 5, user: 'a&b' })).toBe('?level=error&limit=5&user=a%26b');
  });
});
