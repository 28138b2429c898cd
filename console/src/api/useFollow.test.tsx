import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useFollow } from './useFollow';

/** A fetch whose streams stay open until they are aborted. */
function fakeStreams() {
  const signals: AbortSignal[] = [];
  const push: ((text: string) => void)[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const signal = init.signal as AbortSignal;
    signals.push(signal);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        push.push((text) => controller.enqueue(new TextEncoder().encode(text)));
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body));
  });
  return { signals, push };
}

const setHidden = (hidden: boolean) => act(() => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
});

describe('useFollow', () => {
  afterEach(() => { cleanup(); vi.unstubAllGlobals(); vi.restoreAllMocks(); });

  it('hands over what arrives and says that it is live', async () => {
    const { push } = fakeStreams();
    const seen: unknown[] = [];
    const { result } = renderHook(() => useFollow('/x', (data) => seen.push(data)));
    await waitFor(() => expect(result.current).toBe(true));
    push[0]?.('data: [1]\n\n');
    await waitFor(() => expect(seen).toEqual([[1]]));
  });

  it('gives its connection back while the page is hidden', () => {
    const { signals } = fakeStreams();
    renderHook(() => useFollow('/x', () => undefined));
    setHidden(true);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    setHidden(false);
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  });

  it('closes the stream when it is no longer shown', () => {
    const { signals } = fakeStreams();
    renderHook(() => useFollow('/x', () => undefined)).unmount();
    expect(signals[0]?.aborted).toBe(true);
  });
});
