import { describe, expect, it } from 'vitest';
import type { DesktopCard } from '../api/types';
import { cardState, colourIndex, monogram } from './cardState';

const card: DesktopCard = { pool: 'xfce', displayName: 'Debian', image: 'xfce', available: 2, session: null };
const session = { id: 's1', pool: 'xfce', machine: 'xfce-1', user: 'demo', startedAt: '2026-01-01T00:00:00Z', connected: false };

describe('cardState', () => {
  it('offers to open when machines are ready', () => {
    expect(cardState(card)).toEqual({ tone: 'ready', text: '2 ready', verb: 'Open' });
  });

  it('still offers to open when none is ready', () => {
    expect(cardState({ ...card, available: 0 })).toMatchObject({ tone: 'none', verb: 'Open' });
  });

  it('offers to reconnect to a session', () => {
    expect(cardState({ ...card, session })).toMatchObject({ tone: 'running', verb: 'Reconnect' });
  });
});

describe('monogram', () => {
  it.each([['Debian desktop', 'DD'], ['xfce', 'XF'], ['', '?'], ['- -', '?'], ['été-bleu', 'ÉB'], ['<b>Lab', 'BL']])('%s is %s', (name, letters) => {
    expect(monogram(name)).toBe(letters);
  });
});

describe('colourIndex', () => {
  it('is stable and within range', () => {
    expect(colourIndex('xfce', 6)).toBe(colourIndex('xfce', 6));
    expect(colourIndex('a-much-longer-pool-name', 6)).toBeLessThan(6);
  });
});
