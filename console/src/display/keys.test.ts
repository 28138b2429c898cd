import { describe, expect, it } from 'vitest';
import { chords, pressChord } from './keys';

describe('pressChord', () => {
  it('lets go of every key, the last pressed first', () => {
    const sent: string[] = [];
    pressChord((_, code, down) => sent.push(`${down ? '+' : '-'}${code}`), chords[0]?.keys ?? []);
    expect(sent).toEqual(['+ControlLeft', '+AltLeft', '+F1', '-F1', '-AltLeft', '-ControlLeft']);
  });
});
