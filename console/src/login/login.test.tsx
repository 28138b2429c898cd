import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { violations } from '../layout/axe.test-data';
import { queryClient, signInOverKey } from '../api/queryClient';
import { CodeForm } from './CodeForm';
import { LoginNotice } from './LoginNotice';
import { PasswordForm } from './PasswordForm';

const directories = [{ name: 'corp', displayName: 'Corporate' }, { name: 'lab', displayName: 'Laboratory' }];

describe('PasswordForm', () => {
  afterEach(cleanup);

  const fill = () => {
    fireEvent.change(screen.getByTestId('login-user'), { target: { value: ' ann ' } });
    fireEvent.change(screen.getByTestId('login-password'), { target: { value: 'secret' } });
  };

  it('names a directory only when one was chosen', () => {
    const submit = vi.fn();
    render(<PasswordForm directories={directories} error={null} busy={false} onSubmit={submit} />);
    fill();
    fireEvent.submit(screen.getByTestId('login-form'));
    expect(submit.mock.lastCall?.[0]).toEqual({ user: 'ann', password: 'secret' });
    fireEvent.change(screen.getByTestId('login-directory'), { target: { value: 'lab' } });
    fireEvent.submit(screen.getByTestId('login-form'));
    expect(submit.mock.lastCall?.[0]).toEqual({ user: 'ann', password: 'secret', directory: 'lab' });
  });

  it('offers no choice of one', () => {
    render(<PasswordForm directories={directories.slice(1)} error={null} busy={false} onSubmit={vi.fn()} />);
    expect(screen.queryByTestId('login-directory')).toBeNull();
  });

  it('asks for the password anew after a refusal', () => {
    render(<PasswordForm directories={[]} error={null} busy={false} onSubmit={(_, refused) => refused()} />);
    fill();
    fireEvent.submit(screen.getByTestId('login-form'));
    expect(screen.getByTestId<HTMLInputElement>('login-password').value).toBe('');
    expect(document.activeElement?.id).toBe('password');
  });

  it('is accessible', async () => {
    const { container } = render(<PasswordForm directories={directories} error={new Error('Wrong')} busy={false} onSubmit={vi.fn()} />);
    expect(await violations(container)).toEqual([]);
  });
});

describe('CodeForm', () => {
  afterEach(cleanup);

  it('takes a code with the spaces that apps show in it', () => {
    const submit = vi.fn();
    render(<CodeForm error={null} busy={false} onSubmit={submit} onBack={vi.fn()} />);
    fireEvent.change(screen.getByTestId('login-code'), { target: { value: '123 456' } });
    fireEvent.submit(screen.getByTestId('code-form'));
    expect(submit.mock.lastCall?.[0]).toBe('123456');
  });

  it('is accessible', async () => {
    const { container } = render(<CodeForm error={null} busy={false} onSubmit={vi.fn()} onBack={vi.fn()} />);
    expect(await violations(container)).toEqual([]);
  });
});

describe('LoginNotice', () => {
  afterEach(() => { cleanup(); queryClient.clear(); });

  const notice = () => render(<QueryClientProvider client={queryClient}><MemoryRouter><LoginNotice /></MemoryRouter></QueryClientProvider>);

  it('says nothing to somebody who just comes', () => {
    expect(notice().container.textContent).toBe('');
  });

  it('says that the sign-in has ended', async () => {
    queryClient.setQueryData(signInOverKey, true);
    const { container } = notice();
    expect(screen.getByTestId('login-over').textContent).toContain('Your sign-in has ended');
    expect(await violations(container)).toEqual([]);
  });
});
