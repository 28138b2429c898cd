import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { meKey } from '../api/queryClient';
import type { DoctorReport, HostView, Permission } from '../api/types';
import { violations } from '../layout/axe.test-data';
import { aMachine } from '../machines/aMachine.test-data';
import { AddHostDialog } from './AddHostDialog';
import { aHost } from './aHost.test-data';
import HostPage from './HostPage';
import HostsPage from './HostsPage';
import { MaintenanceDialog } from './MaintenanceDialog';
import { RemoveHostDialog } from './RemoveHostDialog';

const own = aHost('house', { own: true, address: null, machines: 2, inUse: 1 });
const lost = aHost('h3', { state: 'Lost', machines: 4, inUse: 1, fault: { code: 'HostUnreachable', what: 'The host \'h3\' is lost.', why: null, remedy: 'See whether it runs.' } });
const report: DoctorReport = { qemu: '10.0', accelerator: 'kvm', acceleratorReason: 'It runs.', isolated: true, checks: [{ name: 'disk', level: 'warning', message: 'Little disk is free.', remedy: 'Add some.' }] };
const machines = [aMachine('p-1'), aMachine('p-2', { host: 'h2' })];
const usage = { memoryBytes: 100, availableBytes: 50, sharedBytes: 20, privateBytes: 10, freeDiskBytes: 0, machines: [] };

/** Shows something over a house of these hosts, to somebody with these permissions; notes what the server is asked. */
function show(content: ReactNode, hosts: HostView[] = [], address = '/hosts', permissions: Permission[] = ['ViewHouse', 'ManageHouse', 'ViewMachines']): { asked: string[]; container: Element } {
  const asked: string[] = [];
  const answers: Record<string, unknown> = { '/hosts': hosts, '/hosts/h2/doctor': report, '/doctor': report, '/host/usage': usage, '/machines?limit=1000': { items: machines, next: null, total: 2 }, '/pools': [] };
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const path = url.replace('/api/v1', '');
    if (path === '/changes') return Promise.resolve(new Response(null, { status: 404 }));
    asked.push(`${init.method ?? ''} ${path} ${typeof init.body === 'string' ? init.body : ''}`.trim());
    return Promise.resolve(init.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(answers[path] ?? own));
  });
  const client = new QueryClient();
  client.setQueryData(meKey, { name: 'ada', displayName: 'Ada', source: 'local', permissions: permissions.map((permission) => ({ permission, pools: null })), secondFactor: false, secondFactorDue: false });
  const { container } = render(<QueryClientProvider client={client}><MemoryRouter initialEntries={[address]}>{content}</MemoryRouter></QueryClientProvider>);
  return { asked, container };
}

const page = <Routes><Route path="/hosts" element={<HostsPage />} /><Route path="/hosts/:host" element={<HostPage />} /></Routes>;
const changes = (asked: string[]) => asked.filter((line) => !line.startsWith('GET'));
const yes = () => screen.getByTestId<HTMLButtonElement>('confirm-yes');
const menu = async (host: string) => {
  const button = (await screen.findByTestId(`host-${host}`)).querySelector('button[aria-label="Kebab toggle"]');
  if (button) fireEvent.click(button);
};

afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

describe('HostsPage', () => {
  it('shows how each host is, and why one is lost', async () => {
    const { container } = show(page, [own, aHost('h2'), lost]);
    expect((await screen.findByTestId('host-house')).textContent).toContain('this server');
    expect(screen.getByTestId('host-h2').textContent).toContain('2 GiB free of 8 GiB');
    expect(screen.getByTestId('host-h3').textContent).toContain('See whether it runs.');
    expect(screen.queryByTestId('hosts-alone')).toBeNull();
    expect(await violations(container)).toEqual([]);
  });

  it('says what hosts are for while there is none beside the server', async () => {
    show(page, [own]);
    expect((await screen.findByTestId('hosts-alone')).textContent).toContain('join the house');
    expect(await screen.findByText('Little disk is free.', { exact: false })).toBeTruthy();
  });

  it('offers nothing to who may only look', async () => {
    show(page, [own, aHost('h2')], '/hosts', ['ViewHouse']);
    const row = await screen.findByTestId('host-h2');
    expect(row.querySelector('button[aria-label="Kebab toggle"]')).toBeNull();
    expect(screen.queryByTestId('host-add')).toBeNull();
  });

  it('removes none that has machines and is not lost, and says why', async () => {
    show(page, [own, aHost('h2', { machines: 2 }), lost]);
    await menu('h2');
    const remove = await screen.findByRole<HTMLButtonElement>('menuitem', { name: /Remove/ });
    expect(remove.getAttribute('aria-disabled')).toBe('true');
    expect(remove.textContent).toContain('begin its maintenance first');
  });
});

describe('HostPage', () => {
  it('shows what a host can do and its machines alone', async () => {
    const { container } = show(page, [own, aHost('h2', { machines: 1 })], '/hosts/h2');
    expect(await screen.findByText('Little disk is free.', { exact: false })).toBeTruthy();
    await screen.findByTestId('machine-p-2');
    expect(screen.queryByTestId('machine-p-1')).toBeNull();
    expect(screen.getByTestId('machine-host-p-2').textContent).toBe('on h2');
    expect(await violations(container)).toEqual([]);
  });

  it('stays when maintenance begins, and goes back to the list when the host is removed', async () => {
    const { asked } = show(page, [own, aHost('h2')], '/hosts/h2');
    fireEvent.click(await screen.findByRole('button', { name: 'Begin maintenance' }));
    fireEvent.click(yes());
    await waitFor(() => expect(screen.queryByTestId('confirm')).toBeNull());
    expect(screen.getByTestId('page-title').textContent).toBe('h2');
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    fireEvent.click(yes());
    await screen.findByTestId('host-add');
    expect(changes(asked)).toEqual(['PUT /hosts/h2 {"maintenance":true}', 'DELETE /hosts/h2']);
  });

  it('asks nothing of one that is lost, and says why it is', async () => {
    const { asked } = show(page, [own, lost], '/hosts/h3');
    expect((await screen.findByTestId('host-problem')).textContent).toContain('The host \'h3\' is lost.');
    expect(asked).not.toContain('GET /hosts/h3/doctor');
  });

  it('says so when there is no such host', async () => {
    show(page, [own], '/hosts/h9');
    expect((await screen.findByTestId('no-rows')).textContent).toContain('There is no host h9');
  });
});

describe('AddHostDialog', () => {
  it('sends the token that is in what was pasted', async () => {
    const { asked } = show(<AddHostDialog onClose={() => undefined} />);
    const submit = screen.getByTestId<HTMLButtonElement>('host-dialog-submit');
    fireEvent.change(screen.getByTestId('host-token'), { target: { value: 'https://h2:8008/' } });
    expect(submit.disabled).toBe(true);
    fireEvent.change(screen.getByTestId('host-token'), { target: { value: 'mayfly host add \'mayfly-host://h2:8008/?key=0a&secret=1b\'' } });
    fireEvent.click(submit);
    await waitFor(() => expect(changes(asked)).toEqual(['POST /hosts {"token":"mayfly-host://h2:8008/?key=0a&secret=1b","name":null}']));
  });
});

describe('MaintenanceDialog', () => {
  it('begins and ends it', async () => {
    const { asked } = show(<MaintenanceDialog host={aHost('h2')} othersTake onClose={() => undefined} />);
    expect(screen.getByTestId('confirm').textContent).not.toContain('No other host');
    fireEvent.click(yes());
    await waitFor(() => expect(changes(asked)).toEqual(['PUT /hosts/h2 {"maintenance":true}']));
    cleanup();
    const ending = show(<MaintenanceDialog host={aHost('h2', { maintenance: true })} othersTake onClose={() => undefined} />);
    fireEvent.click(yes());
    await waitFor(() => expect(changes(ending.asked)).toEqual(['PUT /hosts/h2 {"maintenance":false}']));
  });

  it('warns when no other host takes machines', () => {
    show(<MaintenanceDialog host={own} othersTake={false} onClose={() => undefined} />);
    expect(screen.getByTestId('confirm').textContent).toContain('No other host takes machines now');
  });
});

describe('RemoveHostDialog', () => {
  it('says what goes with one that is lost', async () => {
    const closed = vi.fn();
    const { asked } = show(<RemoveHostDialog host={lost} onClose={closed} />);
    expect(screen.getByTestId('confirm').textContent).toContain('4 machines on it go with it, 1 of them in use');
    fireEvent.click(yes());
    await waitFor(() => expect(closed).toHaveBeenCalledWith(true));
    expect(changes(asked)).toEqual(['DELETE /hosts/h3']);
  });
});
