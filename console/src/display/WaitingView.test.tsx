import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { violations } from '../layout/axe.test-data';
import { WaitingView } from './WaitingView';
import { connectingStep, stepIndex } from './waitingSteps';

describe('WaitingView', () => {
  afterEach(cleanup);

  it('says what is done, by the server or by itself', () => {
    const { rerender } = render(<WaitingView title="Opening Lab" current={1} since={Date.now()} message="One is being made." onLeave={vi.fn()} />);
    expect(screen.getByTestId('waiting-message').textContent).toBe('One is being made.');
    rerender(<WaitingView title="Opening Lab" current={connectingStep} since={Date.now()} onLeave={vi.fn()} />);
    expect(screen.getByTestId('waiting-message').textContent).toBe('Connecting to the screen');
  });

  it('is accessible', async () => {
    const { container } = render(<WaitingView title="Opening Lab" current={1} since={Date.now()} onLeave={vi.fn()} />);
    expect(await violations(container)).toEqual([]);
  });

  it('is no second landmark over a screen', () => {
    render(<WaitingView title="Opening Lab" current={1} since={Date.now()} onLeave={vi.fn()} overScreen />);
    expect(screen.queryByRole('main')).toBeNull();
  });
});

describe('stepIndex', () => {
  it('takes a step of a newer server for the first', () => {
    expect(stepIndex('Preparing')).toBe(2);
    expect(stepIndex('Attaching')).toBe(3);
    expect(stepIndex('toString' as 'Ready')).toBe(0);
  });
});
