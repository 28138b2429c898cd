import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../layout/runEach';
import { machineActions } from './machineActions';
import { useMachineAction } from './machines';

const client = new QueryClient();
const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;

/** A server that refuses to touch the machines named. */
function fakeServer(refused: string[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? ''} ${url}`);
    const no = refused.some((name) => url.includes(`/${name}/`));
    return Promise.resolve(no ? new Response(JSON.stringify({ code: 'Busy', title: 'It is being rebuilt.' }), { status: 409 }) : new Response('{}'));
  });
  return asked;
}

async function reset(names: string[], stopAfter = ''): Promise<{ failures: Failure[]; done: string[] }> {
  const action = machineActions.find(({ id }) => id === 'reset');
  if (!action) throw new Error('There is no reset.');
  const done: string[] = [];
  const stop = new AbortController();
  const onDone = (name: string) => { done.push(name); if (name === stopAfter) stop.abort(); };
  const { result } = renderHook(() => useMachineAction(), { wrapper });
  return { failures: await result.current.mutateAsync({ action, names, onDone, signal: stop.signal }), done };
}

describe('useMachineAction', () => {
  afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

  it('goes on after a refusal and tells each', async () => {
    const asked = fakeServer(['a', 'c']);
    const { failures, done } = await reset(['a', 'b', 'c', 'd']);
    expect(asked).toEqual(['a', 'b', 'c', 'd'].map((name) => `POST /api/v1/machines/${name}/reset`));
    expect(failures.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(failures[0]?.error).toMatchObject({ code: 'Busy' });
    expect(done).toHaveLength(4);
  });

  it('touches no further machine once it is stopped', async () => {
    const asked = fakeServer(['a']);
    expect((await reset(['a', 'b', 'c'], 'a')).failures).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('touches nothing when nothing is named', async () => {
    const asked = fakeServer([]);
    expect((await reset([])).failures).toEqual([]);
    expect(asked).toEqual([]);
  });
});
