import { segment } from '../api/http';
import type { DesktopCard, MeView } from '../api/types';

/** Where the card leads: to the session there is, or to a new one. */
export const deskPath = ({ pool, session }: Pick<DesktopCard, 'pool' | 'session'>): string => session === null ? `/open/${segment(pool)}` : `/desktop/${segment(session.id)}`;

/** Where to go at once because there is nothing to choose or to read first; null when there is. */
export function onlyChoice(me: MeView, cards: readonly DesktopCard[]): string | null {
  const [card, another] = cards;
  if (card === undefined || another !== undefined || me.permissions.length > 0) return null;
  const { session, closed } = card;
  // Taking it from another window, or past a message, is for the person to decide.
  if (session !== null) return session.connected || session.notice !== null ? null : deskPath(card);
  return closed === null ? deskPath(card) : null;
}
