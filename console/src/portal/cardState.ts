import type { DesktopCard } from '../api/types';

export interface CardState { tone: 'running' | 'ready' | 'none'; text: string; verb: 'Open' | 'Reconnect' }

/** What a card says about itself in one line, and what its button does. */
export function cardState(card: DesktopCard): CardState {
  if (card.session !== null) {
    const text = card.session.connected ? 'Open in another window' : 'Your desktop is running';
    return { tone: 'running', text, verb: 'Reconnect' };
  }
  if (card.available > 0) return { tone: 'ready', text: `${card.available} ready`, verb: 'Open' };
  return { tone: 'none', text: 'None ready, one will be made', verb: 'Open' };
}

/** Up to two letters for the card's picture. */
export function monogram(displayName: string): string {
  const words = displayName.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0]) : Array.from(words[0] ?? '?').slice(0, 2);
  return letters.join('').toUpperCase();
}

/** The same pool always has the same of the card colours. */
export function colourIndex(pool: string, colours: number): number {
  let sum = 0;
  for (const character of pool) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % colours;
}
