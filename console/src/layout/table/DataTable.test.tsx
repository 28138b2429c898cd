import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { DataTable } from './DataTable';

interface Row { name: string; state: string }

const rows: Row[] = [{ name: 'a', state: 'on' }, { name: 'b', state: 'off' }];

/** A table whose one bulk action notes what it would touch. */
function show(address = '/'): string[] {
  const touched: string[] = [];
  render(
    <MemoryRouter initialEntries={[address]}>
      <DataTable
        id="things" label="Things" rows={rows} rowKey={({ name }) => name} rowTestId={({ name }) => `thing-${name}`} empty={{ title: 'None' }} search={{ hint: 'Name', texts: ({ name }) => [name] }}
        columns={[{ key: 'name', title: 'Name', sort: ({ name }) => name, cell: ({ name }) => name }]}
        filters={[{ key: 'state', label: 'State', choices: [{ value: 'on', label: 'On' }, { value: 'off', label: 'Off' }], matches: ({ state }, value) => state === value }]}
        bulk={(chosen) => [{ title: 'Touch', testId: 'touch', onClick: () => touched.push(...chosen.map(({ name }) => name)) }]}
      />
    </MemoryRouter>,
  );
  return touched;
}

const check = (row: string) => {
  const box = screen.getByTestId(`thing-${row}`).querySelector('input');
  if (box) fireEvent.click(box);
};
const bulk = () => screen.getByTestId<HTMLButtonElement>('things-bulk');

describe('DataTable', () => {
  afterEach(cleanup);

  it('offers nothing to do while nothing is selected', () => {
    show();
    expect(bulk().disabled).toBe(true);
  });

  it('touches what is selected and nothing else', async () => {
    const touched = show();
    check('b');
    fireEvent.click(bulk());
    fireEvent.click((await screen.findByTestId('touch')).querySelector('button') ?? screen.getByTestId('touch'));
    expect(touched).toEqual(['b']);
  });

  it('does not touch what was selected and is filtered out since', () => {
    show();
    check('b');
    expect(bulk().disabled).toBe(false);
    fireEvent.change(screen.getByTestId('things-filter-state'), { target: { value: 'on' } });
    expect(screen.queryByTestId('thing-b')).toBeNull();
    expect(bulk().disabled).toBe(true);
  });

  it('shows what the address asks for', () => {
    show('/?state=off&sort=-name');
    expect(screen.queryByTestId('thing-a')).toBeNull();
    expect(screen.getByTestId('thing-b')).toBeTruthy();
  });

  it('says that nothing matches, and how to see all again', () => {
    show('/?q=zzz');
    expect(screen.getByTestId('no-rows').textContent).toContain('Nothing matches');
    fireEvent.click(screen.getByTestId('things-clear'));
    expect(screen.getByTestId('thing-a')).toBeTruthy();
  });
});
