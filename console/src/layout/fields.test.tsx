import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { NumberField } from './fields';

function Field() {
  const [value, setValue] = useState(2048);
  return <NumberField id="memory" label="Memory" value={value} min={64} max={10_000} onChange={setValue} />;
}

/** Types letter by letter, as fingers do, and leaves the field. */
function type(text: string): string {
  const input = screen.getByTestId<HTMLInputElement>('memory');
  fireEvent.change(input, { target: { value: '' } });
  for (let letters = 1; letters <= text.length; letters += 1) fireEvent.change(input, { target: { value: text.slice(0, letters) } });
  fireEvent.blur(input);
  return input.value;
}

describe('NumberField', () => {
  afterEach(cleanup);

  it('takes a number that begins with one that is too small', () => {
    render(<Field />);
    expect(type('4096')).toBe('4096');
  });

  it('brings what is beyond its range into it once it is left', () => {
    render(<Field />);
    expect(type('5')).toBe('64');
    expect(type('99999')).toBe('10000');
    expect(type('')).toBe('64');
  });
});
