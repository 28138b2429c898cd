import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PersonaDetails, PersonaVersionView } from '../api/types';
import { EnvironmentDialog } from './EnvironmentDialog';
import { FlexConfigDialog } from './FlexConfigDialog';
import { PersonaParts } from './PersonaParts';
import { PredefineDialog } from './PredefineDialog';
import { RecordDialog } from './RecordDialog';

const version = (id: string, state: PersonaVersionView['state']): PersonaVersionView => ({ id, state, savedAt: '2026-01-02T00:00:00Z', machine: 'p-1', bytes: 10_240, storedBytes: 300 });

const details: PersonaDetails = {
  persona: { user: 'ada', parts: 1, bytes: 10_240, storedBytes: 900, held: 1, savedAt: '2026-01-02T00:00:00Z', machine: null },
  parts: [
    { config: 'git', displayName: 'Git', versions: [version('new', 'Current'), version('old', 'Earlier'), version('short', 'Held')] },
    { config: 'panel', displayName: 'Panel', versions: [version('p', 'Earlier')] },
  ],
};

/** Shows something over a server that notes what it is asked to change. */
function show(content: ReactNode): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method !== 'GET') asked.push(`${init.method ?? ''} ${path} ${typeof init.body === 'string' ? init.body : ''}`.trim());
    const lists: Record<string, unknown> = { '/api/v1/personas?limit=1000': { items: [details.persona], next: null, total: 1 }, '/api/v1/machines/p-1/recording': { yaml: 'displayName: New program', files: [], known: [] }, '/api/v1/machines?limit=1000': { items: [{ name: 'p-1', user: 'ada' }, { name: 'p-2', user: null }], next: null, total: 2 }, '/api/v1/groups': [{ name: 'staff' }], '/api/v1/environments': [], '/api/v1/pools': [{ name: 'p' }] };
    return Promise.resolve(Response.json(lists[path] ?? details));
  });
  render(<QueryClientProvider client={new QueryClient()}>{content}</QueryClientProvider>);
  return asked;
}

const click = (id: string) => fireEvent.click(screen.getByTestId(id));
const isDisabled = (id: string) => screen.getByTestId<HTMLButtonElement>(id).disabled;

afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

describe('PersonaParts', () => {
  it('restores the version that was chosen, a held one too', async () => {
    const asked = show(<PersonaParts details={details} user="ada" manages />);
    click('persona-restore-git');
    expect(isDisabled('confirm-yes')).toBe(true);
    click('version-short');
    click('confirm-yes');
    await waitFor(() => expect(asked).toEqual(['POST /api/v1/personas/ada/git/restore {"version":"short"}']));
    await waitFor(() => expect(screen.queryByTestId('confirm')).toBeNull());
  });

  it('lets whoever is signed in reset their own', async () => {
    const asked = show(<PersonaParts details={details} user={null} manages />);
    click('persona-reset-git');
    click('confirm-yes');
    await waitFor(() => expect(asked).toEqual(['POST /api/v1/me/persona/git/reset']));
  });

  it('offers no reset of what is as the image has it, and nothing to who may only look', () => {
    show(<PersonaParts details={details} user="ada" manages />);
    expect(isDisabled('persona-reset-panel')).toBe(true);
    expect(isDisabled('persona-restore-panel')).toBe(false);
    cleanup();
    show(<PersonaParts details={details} user="ada" manages={false} />);
    expect(screen.queryByTestId('persona-restore-git')).toBeNull();
  });
});

describe('FlexConfigDialog', () => {
  it('saves a new one under its name', async () => {
    const asked = show(<FlexConfigDialog config={null} readOnly={false} onClose={() => undefined} />);
    expect(isDisabled('flex-config-submit')).toBe(true);
    fireEvent.change(screen.getByTestId('flex-config-name'), { target: { value: 'inkscape' } });
    fireEvent.change(screen.getByTestId('flex-config-yaml'), { target: { value: 'displayName: Inkscape\ninclude: [.config/inkscape]' } });
    click('flex-config-submit');
    await waitFor(() => expect(asked).toEqual(['PUT /api/v1/flex-configs/inkscape {"yaml":"displayName: Inkscape\\ninclude: [.config/inkscape]"}']));
  });
});

describe('RecordDialog', () => {
  it('begins on a desktop in use, and hands on what was written there', async () => {
    const proposed = vi.fn();
    const asked = show(<RecordDialog onProposed={proposed} onClose={() => undefined} />);
    await waitFor(() => expect([...screen.getByTestId<HTMLSelectElement>('record-machine').options].map((option) => option.value)).toEqual(['', 'p-1']));
    fireEvent.change(screen.getByTestId('record-machine'), { target: { value: 'p-1' } });
    click('record-submit');
    await waitFor(() => expect(screen.getByTestId('record-begun').textContent).toContain('p-1'));
    expect(asked).toEqual(['PUT /api/v1/machines/p-1/recording']);
    click('record-submit');
    await waitFor(() => expect(proposed).toHaveBeenCalledWith('displayName: New program'));
  });
});

describe('EnvironmentDialog', () => {
  it('changes the file of one', async () => {
    const asked = show(<EnvironmentDialog environment={{ name: 'staff', displayName: 'Staff', enabled: true, yaml: 'displayName: Staff' }} onClose={() => undefined} />);
    expect(screen.queryByTestId('environment-name')).toBeNull();
    fireEvent.change(screen.getByTestId('environment-yaml'), { target: { value: 'displayName: All' } });
    click('environment-submit');
    await waitFor(() => expect(asked).toEqual(['PUT /api/v1/environments/staff {"yaml":"displayName: All"}']));
  });
});

describe('PredefineDialog', () => {
  it('makes the current settings of a user those of a group', async () => {
    const asked = show(<PredefineDialog onClose={() => undefined} />);
    const choose = async (id: string, value: string) => {
      await waitFor(() => expect([...screen.getByTestId<HTMLSelectElement>(id).options].map((option) => option.value)).toContain(value));
      fireEvent.change(screen.getByTestId(id), { target: { value } });
    };
    await choose('predefine-user', 'ada');
    await choose('predefine-config', 'git');
    expect([...screen.getByTestId<HTMLSelectElement>('predefine-config').options].map((option) => option.value)).toEqual(['', 'git']);
    await choose('predefine-group', 'staff');
    click('predefine-enforced');
    click('predefine-submit');
    await waitFor(() => expect(asked).toEqual(['POST /api/v1/predefined-settings {"user":"ada","config":"git","version":null,"group":"staff","pool":null,"enforced":true,"environment":null}']));
  });
});
