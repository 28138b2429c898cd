import { describe, expect, it } from 'vitest';
import { aCard as card, aSession as session } from './aDesktop.test-data';
import { cardState, colourIndex, monogram } from './cardState';

describe('cardState', () => {
  it('offers to open when machines are ready', () => {
    expect(cardState(card)).toEqual({ tone: 'ready', text: '2 ready', verb: 'Open', closed: null });
  });

  it('still offers to open when none is ready', () => {
    expect(cardState({ ...card, available: 0 })).toMatchObject({ tone: 'none', verb: 'Open' });
  });

  it('offers to reconnect to a session', () => {
    expect(cardState({ ...card, session })).toMatchObject({ tone: 'running', verb: 'Reconnect' });
  });

  it('says why it is closed and when it opens', () => {
    const closed = { code: 'OutsideHours' as const, what: 'Closed.', why: 'It opens at 8:00.', remedy: 'Open it then.' };
    expect(cardState({ ...card, closed })).toEqual({ tone: 'none', text: 'Closed.', verb: 'Closed now', closed: 'It opens at 8:00.' });
    expect(cardState({ ...card, closed, session })).toMatchObject({ verb: 'Reconnect' });
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
