import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aCard, aSession } from './aDesktop.test-data';
import { useDesktops } from './desktops';

const before = [{ ...aCard, session: { ...aSession, connected: true } }];
const after = [{ ...aCard, session: aSession }];

/** A server whose list was read before something changed and is answered when the test says so, and whose stream tells of the change at once. */
function slowServer() {
  let answer: (response: Response) => void = () => undefined;
  const list = new Promise<Response>((resolve) => { answer = resolve; });
  vi.stubGlobal('fetch', (path: string) => path.endsWith('/events')
    ? Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(after)}\n\n`)) })))
    : list);
  return () => answer(Response.json(before));
}

describe('useDesktops', () => {
  afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

  it('keeps what the stream told when an older answer comes later', async () => {
    const answer = slowServer();
    const client = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
    const { result } = renderHook(useDesktops, { wrapper });
    await waitFor(() => expect(result.current.data).toEqual(after));
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(result.current.data).toEqual(after);
  });
});
