import type { DesktopCard } from '../api/types';
import { colourIndex, monogram } from './cardState';
import { useThumbnail } from './useThumbnail';

const colours = 6;

/** What the person's own screen shows now, or letters in the card's colour. It repeats what the card says, so it is no more than decoration. */
export function CardPicture({ card }: { card: DesktopCard }) {
  const thumbnail = useThumbnail(card.session?.id ?? null);
  return (
    <div className={`mayfly-card__picture mayfly-card__picture--${colourIndex(card.pool, colours)}`} aria-hidden="true">
      {thumbnail === null ? <span>{monogram(card.displayName)}</span> : <img src={thumbnail} alt="" data-testid={`desktop-thumbnail-${card.pool}`} />}
    </div>
  );
}
