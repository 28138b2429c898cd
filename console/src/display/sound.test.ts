import { describe, expect, it } from 'vitest';
import { Playout } from './playout';
import { readSound, splitChannels } from './soundFormat';

const message = (...bytes: number[]): ArrayBuffer => Uint8Array.from(bytes).buffer;

describe('readSound', () => {
  it('reads the format', () => {
    expect(readSound(message(1, 0, 0, 0, 0x80, 0xbb, 0, 0, 2, 16, 0, 0))).toEqual({ kind: 'format', rate: 48_000, channels: 2 });
  });

  it('reads samples and whether some were left out', () => {
    const read = readSound(message(2, 1, 0, 0, 0, 0x40, 0, 0xc0));
    expect(read).toMatchObject({ kind: 'samples', gap: true });
  });

  it.each([[[]], [[1, 0, 0, 0]], [[1, 0, 0, 0, 0, 0, 0, 0, 2, 24, 0, 0]], [[9, 0, 0, 0]]])('does not understand %j', (bytes) => {
    expect(readSound(message(...bytes))).toBeNull();
  });
});

describe('splitChannels', () => {
  it('takes left and right in turn', () => {
    const split = splitChannels(new DataView(message(0, 0x40, 0, 0xc0, 0, 0x80, 0, 0, 1)), 2);
    expect(split.map((channel) => [...channel])).toEqual([[0.5, -1], [-0.5, 0]]);
  });
});

describe('Playout', () => {
  it('puts pieces end to end and holds a little back at first', () => {
    const playout = new Playout();
    expect(playout.place(1, 0.02)).toBeCloseTo(1.08);
    expect(playout.place(1.01, 0.02)).toBeCloseTo(1.1);
  });

  it('begins anew after a pause', () => {
    const playout = new Playout();
    playout.place(1, 0.02);
    expect(playout.place(5, 0.02)).toBeCloseTo(5.08);
  });

  it('leaves out what would be late', () => {
    const playout = new Playout();
    playout.place(1, 2);
    expect(playout.place(1, 0.02)).toBeNull();
    expect(playout.place(2.9, 0.02)).toBeCloseTo(3.08);
  });
});
