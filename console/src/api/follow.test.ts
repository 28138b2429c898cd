import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow } from './follow';

const stream = (text: string): Response => new Response(text, { status: 200 });

describe('follow', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

  it('ends after the last event', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(stream('data: {"n":1}\n\ndata: {"n":2}\n\n'))));
    const seen: unknown[] = [];
    await follow('/x', { onData: (data) => seen.push(data), isLast: (data) => (data as { n: number }).n === 2 }, new AbortController().signal);
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('says it is not live, then opens again', async () => {
    const answers = [() => Promise.reject(new TypeError('down')), () => Promise.resolve(stream('data: 1\n\n'))];
    const fetchFake = vi.fn(() => answers.shift()?.() ?? Promise.reject(new TypeError('down')));
    vi.stubGlobal('fetch', fetchFake);
    const live: boolean[] = [];
    const stop = new AbortController();
    const done = follow('/x', { onData: () => stop.abort(), onLive: (up) => live.push(up) }, stop.signal);
    await vi.advanceTimersByTimeAsync(1_500);
    await done;
    expect(live).toEqual([false, true, false]);
    expect(fetchFake).toHaveBeenCalledTimes(2);
  });

  it('ends where there is no such stream', async () => {
    const fetchFake = vi.fn(() => Promise.resolve(new Response('{}', { status: 404 })));
    vi.stubGlobal('fetch', fetchFake);
    await follow('/x', { onData: () => undefined }, new AbortController().signal);
    expect(fetchFake).toHaveBeenCalledTimes(1);
  });

  it('ends while waiting when aborted', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('down'))));
    const stop = new AbortController();
    const done = follow('/x', { onData: () => undefined }, stop.signal);
    await vi.advanceTimersByTimeAsync(10);
    stop.abort();
    await expect(done).resolves.toBeUndefined();
  });
});
