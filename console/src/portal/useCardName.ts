import { useQuery } from '@tanstack/react-query';
import type { DesktopCard } from '../api/types';
import { desktopsKey, fetchDesktops } from './desktops';

/** What the card says that leads to a desktop; the fallback until the cards are known. */
export function useCardName(isIt: (card: DesktopCard) => boolean, fallback: string): string {
  const desktops = useQuery({ queryKey: desktopsKey, queryFn: ({ signal }) => fetchDesktops(signal), staleTime: Infinity });
  return desktops.data?.find(isIt)?.displayName ?? fallback;
}
