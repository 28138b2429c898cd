import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VolumeDetails, VolumeView } from '../api/types';
import { RemoveDialog } from './RemoveDialog';
import { RestoreDialog } from './RestoreDialog';

const volume: VolumeView = { id: 'v', user: 'ada', os: 'debian-13', kind: 'Profile', sizeMib: 512, state: 'Detached', pool: null, machine: null, createdAt: '2026-01-01T00:00:00Z', attachedAt: null };
const details: VolumeDetails = { volume, bytes: 1024, snapshots: [{ id: 'new', takenAt: '2026-01-03T00:00:00Z' }, { id: 'old', takenAt: '2026-01-02T00:00:00Z' }] };

/** Shows a dialog over a server that notes what it is asked to change. */
function show(dialog: ReactNode): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method !== 'GET') asked.push(`${init.method ?? ''} ${path} ${typeof init.body === 'string' ? init.body : ''}`.trim());
    return Promise.resolve(init.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(details));
  });
  render(<QueryClientProvider client={new QueryClient()}>{dialog}</QueryClientProvider>);
  return asked;
}

const yes = () => screen.getByTestId<HTMLButtonElement>('confirm-yes');

afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

describe('RemoveDialog', () => {
  it('removes once the name of the user is typed', async () => {
    const closed = vi.fn();
    const asked = show(<RemoveDialog volume={volume} onClose={closed} />);
    fireEvent.change(screen.getByTestId('volume-confirm'), { target: { value: 'ad' } });
    expect(yes().disabled).toBe(true);
    fireEvent.change(screen.getByTestId('volume-confirm'), { target: { value: 'ada' } });
    fireEvent.click(yes());
    await waitFor(() => expect(closed).toHaveBeenCalled());
    expect(asked).toEqual(['DELETE /api/v1/volumes/v']);
  });
});

describe('RestoreDialog', () => {
  it('goes back to the snapshot that was chosen', async () => {
    const closed = vi.fn();
    const asked = show(<RestoreDialog volume={volume} onClose={closed} />);
    fireEvent.click(await screen.findByTestId('snapshot-old'));
    fireEvent.click(yes());
    await waitFor(() => expect(closed).toHaveBeenCalled());
    expect(asked).toEqual(['POST /api/v1/volumes/v/restore {"snapshot":"old"}']);
  });
});
