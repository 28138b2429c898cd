import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import type { DesktopCard } from '../api/types';
import { violations } from '../layout/axe.test-data';
import { aCard, aSession } from './aDesktop.test-data';
import { DesktopCardView } from './DesktopCardView';

const show = (card: DesktopCard) => render(
  <QueryClientProvider client={new QueryClient()}><MemoryRouter><DesktopCardView card={card} /></MemoryRouter></QueryClientProvider>,
);
const closed = { code: 'OutsideHours' as const, what: 'Closed.', why: 'It opens at 8:00.', remedy: null };
const message = { message: 'Hello', logOffAt: null, id: 'm', from: 'help' };

describe('DesktopCardView', () => {
  afterEach(cleanup);

  it('has no menu when there is nothing in it', () => {
    show(aCard);
    expect(screen.queryByTestId('desktop-menu-xfce')).toBeNull();
    cleanup();
    show({ ...aCard, mayReset: true, assignment: 'Dedicated' });
    expect(screen.getByTestId('desktop-menu-xfce')).toBeTruthy();
  });

  it('does not open what is closed, and says when it opens', () => {
    show({ ...aCard, closed });
    expect(screen.getByTestId<HTMLButtonElement>('desktop-open-xfce').disabled).toBe(true);
    expect(screen.getByTestId('desktop-closed-xfce').textContent).toBe('It opens at 8:00.');
  });

  it.each([['ready', aCard], ['closed', { ...aCard, closed }], ['running', { ...aCard, session: { ...aSession, notice: message } }]])('is accessible when %s', async (_, card) => {
    const { container } = show(card);
    expect(await violations(container)).toEqual([]);
  });
});
