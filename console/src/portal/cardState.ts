import type { DesktopCard } from '../api/types';

export interface CardState {
  tone: 'running' | 'ready' | 'none'; text: string; verb: 'Open' | 'Reconnect' | 'Closed now';
  /** What to know of a desktop that can not be opened now. */
  closed: string | null;
}

/** What a card says about itself in one line, and what its button does. */
export function cardState(card: DesktopCard): CardState {
  const { session, closed } = card;
  if (session !== null) {
    const text = session.connected ? 'Open in another window' : 'Your desktop is running';
    return { tone: 'running', text, verb: 'Reconnect', closed: null };
  }
  if (closed !== null) return { tone: 'none', text: closed.what, verb: 'Closed now', closed: closed.why ?? closed.remedy };
  const kept = card.assignment === 'Dedicated';
  if (card.available > 0) return { tone: 'ready', text: kept ? 'Ready' : `${card.available} ready`, verb: 'Open', closed: null };
  return { tone: 'none', text: kept ? 'Made ready when you open it' : 'None ready, one will be made', verb: 'Open', closed: null };
}

/** What becomes of it at log-off. */
export const keptText = ({ assignment, session }: DesktopCard): string =>
  session?.volume != null ? 'Fresh each time, with your own disk' : assignment === 'Dedicated' ? 'Kept for you at log-off' : 'Fresh each time, not kept';

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
