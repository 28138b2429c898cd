import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { meKey, queryClient, signInOverKey } from '../api/queryClient';
import { desktopsKey } from '../portal/desktops';
import { aMe } from './aMe.test-data';
import { useLogin } from './me';

const server = vi.fn<typeof fetch>();

async function signIn(me: typeof aMe): Promise<string[]> {
  server.mockImplementation((path) => Promise.resolve(Response.json(path === '/api/v1/login' ? me : [])));
  vi.stubGlobal('fetch', server);
  const { result } = renderHook(useLogin, { wrapper: ({ children }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider> });
  await act(() => result.current.mutateAsync({ user: 'ann', password: 'secret' }));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  return server.mock.calls.map(([path]) => path as string);
}

describe('useLogin', () => {
  afterEach(() => { cleanup(); queryClient.clear(); server.mockReset(); vi.unstubAllGlobals(); });

  it('asks for the cards at once, and not for who has signed in', async () => {
    expect(await signIn(aMe)).toEqual(['/api/v1/login', '/api/v1/desktops']);
    expect(queryClient.getQueryData(meKey)).toEqual(aMe);
    expect(queryClient.getQueryData(desktopsKey)).toEqual([]);
  });

  it('asks for nothing that may not be seen yet', async () => {
    expect(await signIn({ ...aMe, secondFactorDue: true })).toEqual(['/api/v1/login']);
  });

  it('forgets what the one before could see', async () => {
    queryClient.setQueryData(['pools'], ['secret']);
    queryClient.setQueryData(signInOverKey, true);
    await signIn(aMe);
    expect(queryClient.getQueryData(['pools'])).toBeUndefined();
    expect(queryClient.getQueryData(signInOverKey)).toBeUndefined();
  });
});
