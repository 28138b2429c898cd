import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AttachedList } from './AttachedList';
import { aSession } from './aSession.test-data';

afterEach(cleanup);

const fault = (what: string) => ({ code: 'AttachFailed' as const, what, why: 'No route to host.', remedy: null });

describe('AttachedList', () => {
  it('tells what environments gave, and why something of them is missing', () => {
    render(<AttachedList session={aSession('s', { environment: { setUp: true, names: ['staff'], problems: [{ name: 'drive files', fault: fault('The drive files could not be set up.') }] } })} />);
    const text = screen.getByTestId('attached').textContent;
    expect(text).toContain('Environment staffGiven');
    expect(text).toContain('drive files');
    expect(text).toContain('No route to host.');
  });

  it('tells which settings are missing where nothing else is attached', () => {
    render(<AttachedList session={aSession('s', { persona: { loaded: false, readOnly: false, parts: [], fault: fault('The guest was silent.') } })} />);
    expect(screen.getByTestId('attached').textContent).toContain('The guest was silent.');
  });

  it('says so where there is nothing', () => {
    render(<AttachedList session={aSession('s')} />);
    expect(screen.queryByTestId('attached')).toBeNull();
  });
});
