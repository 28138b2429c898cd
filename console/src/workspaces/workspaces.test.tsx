import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WorkspaceView } from '../api/types';
import { DriftDialog } from './DriftDialog';
import { RemoveWorkspaceDialog } from './RemoveWorkspaceDialog';
import { WorkspaceDialog } from './WorkspaceDialog';

const office: WorkspaceView = {
  name: 'office', workspace: { displayName: 'Office', users: ['ada'], groups: [], pool: 'p', apps: ['gimp'], persona: true },
  drift: [{ what: '\'ada\' may not use \'p\'.', repairable: true }, { what: 'There is no application \'gimp\' any more.', repairable: false }],
};

const answers: Record<string, unknown> = {
  '/users': { items: [{ name: 'ada', displayName: 'Ada' }, { name: 'bob', displayName: 'Bob' }], next: null, total: 2 }, '/groups': [{ name: 'staff', displayName: 'Staff' }],
  '/pools': [{ name: 'p', displayName: 'p' }], '/apps': { items: [{ name: 'gimp', displayName: 'GIMP' }], next: null, total: 1 },
};

/** Shows a dialog over a server that notes what it is asked to change. */
function show(dialog: ReactNode): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method !== 'GET') asked.push(`${init.method ?? ''} ${path} ${typeof init.body === 'string' ? init.body : ''}`.trim());
    const known = Object.keys(answers).find((name) => path.startsWith(`/api/v1${name}`));
    return Promise.resolve(init.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(known ? answers[known] : office));
  });
  render(<QueryClientProvider client={new QueryClient()}>{dialog}</QueryClientProvider>);
  return asked;
}

const click = (id: string) => fireEvent.click(screen.getByTestId(id));
const choose = async (id: string, value: string) => {
  await waitFor(() => expect([...screen.getByTestId<HTMLSelectElement>(id).options].map((option) => option.value)).toContain(value));
  fireEvent.change(screen.getByTestId(id), { target: { value } });
};

afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

describe('WorkspaceDialog', () => {
  it('sends all of a new one once it is for somebody and of a pool', async () => {
    const asked = show(<WorkspaceDialog workspace={null} onClose={() => undefined} />);
    fireEvent.change(screen.getByTestId('workspace-name'), { target: { value: 'office' } });
    fireEvent.change(screen.getByTestId('workspace-shown'), { target: { value: 'Office' } });
    await choose('workspace-pool', 'p');
    expect(screen.getByTestId<HTMLButtonElement>('workspace-submit').disabled).toBe(true);
    await choose('workspace-groups', 'staff');
    click('workspace-groups-add');
    await choose('workspace-apps', 'gimp');
    click('workspace-apps-add');
    click('workspace-submit');
    await waitFor(() => expect(asked).toEqual(['PUT /api/v1/workspaces/office {"displayName":"Office","users":[],"groups":["staff"],"pool":"p","apps":["gimp"],"persona":true}']));
  });
});

describe('DriftDialog', () => {
  it('repairs by one button', async () => {
    const asked = show(<DriftDialog view={office} mayRepair onClose={() => undefined} />);
    screen.getByText('There is no application \'gimp\' any more.');
    click('confirm-yes');
    await waitFor(() => expect(asked).toEqual(['POST /api/v1/workspaces/office/repair']));
  });

  it('lets who may only look do nothing', () => {
    show(<DriftDialog view={office} mayRepair={false} onClose={() => undefined} />);
    expect(screen.getByTestId<HTMLButtonElement>('confirm-yes').disabled).toBe(true);
  });
});

describe('RemoveWorkspaceDialog', () => {
  it('takes back what was given when told so', async () => {
    const asked = show(<RemoveWorkspaceDialog view={office} onClose={() => undefined} />);
    click('workspace-withdraw');
    click('confirm-yes');
    await waitFor(() => expect(asked).toEqual(['DELETE /api/v1/workspaces/office?withdraw=true']));
  });
});
